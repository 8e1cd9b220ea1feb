// Put before the vertex shader of a panel's flat middle: what of `irradiance` in pack.frag is the same all over it.
uniform vec3 u_key;           // towards the main softbox
uniform vec3 u_key_light;
uniform vec3 u_fill;          // towards the lamp on the shaded side
uniform vec3 u_fill_light;
uniform vec3 u_sky;
uniform vec3 u_ground;
uniform float u_up;           // 1: sky above; -1: below

flat out vec3 v_steady;  // light that the floor does not take away
flat out vec3 v_shaded;  // light that it takes from the foot of the walls
flat out float v_dark;   // how much of it there

float soft_light(vec3 normal, vec3 lamp) {
    const float wrap = 0.25;
    return max((dot(normal, lamp) + wrap) / (1.0 + wrap), 0.0);
}

void light_flat(vec3 normal) {
    vec3 key = u_key_light * soft_light(normal, u_key);
    v_steady = 0.65 * key + u_fill_light * soft_light(normal, u_fill);
    v_shaded = mix(u_ground, u_sky, 0.5 * u_up * normal.z + 0.5) + 0.35 * key;
    v_dark = 0.38 * max(u_up, 0.0) * (1.0 - abs(normal.z));
}
