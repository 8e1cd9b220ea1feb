uniform vec3 u_size;       // width, depth, height in millimetres
uniform int u_round;       // 1: cylinder
uniform vec2 u_sweep;      // shift of the shadow per unit of height
uniform float u_contact;   // reach of the contact shadow beyond the base
uniform float u_penumbra;  // growth of the soft edge per unit of height
uniform float u_density;
uniform vec4 u_frame;      // lower left pixel of this tile in the picture, size of the picture
uniform float u_vignette;  // width of the border in which shadows fade, as a part of the picture; 0 for none
uniform float u_cast;      // density of the cast shadow

in vec2 v_place;

out vec4 f_colour;

// Share of a shadow at a signed distance inside its outline, for a soft edge of that half width.
float cover(float inside, float soften) {
    return smoothstep(-soften, soften, inside);
}

// The shadow of an upright box under parallel light is a hexagon: the footprint, the footprint shifted by the
// height, and the two lines that join their outer corners. Each side is softened by itself.
float cast_box(vec2 p, vec2 base, vec2 shift, float soften) {
    vec2 mirror = vec2(shift.x < 0.0 ? -1.0 : 1.0, shift.y < 0.0 ? -1.0 : 1.0);
    p *= mirror;
    shift *= mirror;
    vec2 across = normalize(vec2(shift.y, -shift.x));
    float right = dot(vec2(base.x, -base.y) - p, across);
    float left = dot(p - vec2(-base.x, base.y), across);
    vec2 near = p + base;
    vec2 far = base + shift - p;
    return cover(right, soften) * cover(left, soften) * cover(far.x, soften) * cover(far.y, soften)
         * cover(near.x, soften) * cover(near.y, soften);
}

// A cylinder's shadow is its disc swept along the shift: a capsule.
float cast_disc(vec2 p, float radius, vec2 shift, float along, float soften) {
    return cover(radius - length(p - shift * along), soften);
}

// Darkness beside an upright wall: nearly black in the corner, gone at the reach. Where the reach is less than
// a few pixels it is spread over them and pales, or it would break up into dashes.
float contact(float outside) {
    float reach = max(u_contact, 6.0 * fwidth(outside));
    float near = 1.0 - smoothstep(-0.12 * reach, 0.22 * reach, outside);
    float wide = 1.0 - smoothstep(-0.6 * reach, reach, outside);
    return (0.42 * near + 0.40 * wide * wide) * u_contact / reach;
}

void main() {
    vec2 base = 0.5 * u_size.xy;
    vec2 shift = u_sweep * u_size.z;
    float along = clamp(dot(v_place, shift) / dot(shift, shift), 0.0, 1.0);
    float soften = 0.08 * u_contact + u_penumbra * u_size.z * along;
    float shade;
    float outside;
    if (u_round == 1) {
        shade = cast_disc(v_place, base.x, shift, along, soften);
        outside = length(v_place) - base.x;
    } else {
        shade = cast_box(v_place, base, shift, soften);
        vec2 beyond = abs(v_place) - base;
        outside = length(max(beyond, 0.0)) + min(max(beyond.x, beyond.y), 0.0);
    }
    shade *= u_cast * (1.0 - 0.55 * along);
    float dark = clamp(u_density * (1.0 - (1.0 - shade) * (1.0 - contact(outside))), 0.0, 0.92);
    f_colour = darkness(gl_FragCoord.xy, border(gl_FragCoord.xy, u_frame, u_vignette) * dark);
}
