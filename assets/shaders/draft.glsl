// Put before the vertex shaders of a draft: light arriving at a vertex, as `irradiance` in pack.frag has it.
uniform vec3 u_eye;
uniform float u_exposure;     // factor
uniform vec3 u_key;           // towards the main softbox
uniform vec3 u_key_light;
uniform vec3 u_fill;          // towards the lamp on the shaded side
uniform vec3 u_fill_light;
uniform vec3 u_sky;
uniform vec3 u_ground;
uniform float u_front;
uniform float u_up;           // 1: sky above; -1: below

out vec3 v_steady;  // light that the floor does not take away
out vec3 v_shaded;  // light that it takes from the foot of the walls
out float v_dark;   // how much of it there

float soft_light(vec3 normal, vec3 lamp) {
    const float wrap = 0.25;
    return max((dot(normal, lamp) + wrap) / (1.0 + wrap), 0.0);
}

// `low` is how high what still stands on the floor reaches, in millimetres.
void light_vertex(vec3 place, vec3 normal, float open, float low) {
    vec3 key = u_key_light * soft_light(normal, u_key);
    vec3 sky = mix(u_ground, u_sky, 0.5 * u_up * normal.z + 0.5);
    // A lid on its way down is no floor's: only what is near it lies in the dark.
    float near = max(u_up, 0.0) * (1.0 - smoothstep(0.25 * low, low, place.z));
    float free = mix(1.0, smoothstep(-0.75, 0.05, normal.z), near) * u_exposure;
    float front = u_front * max(dot(normal, normalize(u_eye - place)), 0.0);
    v_steady = (0.65 * key + u_fill_light * soft_light(normal, u_fill) + vec3(front * open)) * free;
    v_shaded = (sky + 0.35 * key) * (open * free);
    v_dark = 0.38 * max(u_up, 0.0) * (1.0 - abs(normal.z));
}
