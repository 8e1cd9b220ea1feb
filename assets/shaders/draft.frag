// A frame of a moving picture where there is no graphics card: the colours of pack.frag to within a few steps, without
// grain, cut edges and glints. Artwork is read as its codes and light is a factor on them, as it would be if codes
// were a power of light, which they nearly are.
uniform sampler2D u_picture;  // the artwork, not decoded; or the panel's name
uniform vec2 u_panel;         // flat size of the panel in millimetres
uniform vec4 u_share;         // of the panel taken by the artwork; how far from its middle it is seen
uniform vec2 u_label;         // size of the name on it
uniform int u_outline_shape;  // 0: rectangle; 1: all around, without a left and right end; 2: disc
uniform vec3 u_size;          // width, depth, height in millimetres
uniform vec3 u_board;         // linear colours
uniform vec3 u_letter;
uniform vec3 u_accent;
uniform vec2 u_outline;       // width in pixels, opacity

in vec3 v_place;
in vec3 v_steady;
in vec3 v_shaded;
in float v_dark;
in vec2 v_uv;
in vec2 v_art;

out vec4 f_colour;

vec3 as_codes(vec3 light) {
    return sqrt(light) * (1.065 - 0.065 * light);
}

vec3 surface() {
#ifdef ARTWORK
    vec4 art = texture(u_picture, v_art);
    vec2 beyond = step(u_share.zw, abs(v_art - 0.5));
    art.a *= 1.0 - max(beyond.x, beyond.y);
#ifdef STAINED
    return mix(as_codes(u_board), art.rgb * as_codes(mix(u_board, vec3(0.86), 0.16)), art.a);
#else
    return mix(as_codes(u_board), art.rgb, art.a);
#endif
#else
    vec2 place = (v_uv - 0.5) * u_panel / u_label + 0.5;
    float inside = step(max(abs(place.x - 0.5), abs(place.y - 0.5)), 0.5);  // its smallest levels have no border
    return as_codes(mix(u_board, u_letter, texture(u_picture, place).a * inside * 0.62));
#endif
}

#ifdef OUTLINED
vec3 outlined(vec3 colour) {
    vec2 inside = (0.5 - abs(v_uv - 0.5)) * u_panel;
    inside = u_outline_shape == 2 ? vec2((0.5 - length(v_uv - 0.5)) * u_panel.x) : inside;
    vec2 pixels = inside / max(fwidth(inside), vec2(1.0e-6));
    float depth = u_outline_shape == 1 ? pixels.y : min(pixels.x, pixels.y);
    float hairline = u_outline.x > 2.0 ? u_outline.x + 1.25 : -1.0e6;
    colour = mix(colour, vec3(1.0), (1.0 - smoothstep(-0.5, 0.5, depth - hairline)) * 0.9);
    return mix(colour, as_codes(u_accent), (1.0 - smoothstep(-0.5, 0.5, depth - u_outline.x)) * u_outline.y);
}
#endif

void main() {
    float foot = clamp(v_place.z / (0.45 * min(max(u_size.x, u_size.y), 1.5 * u_size.z)), 0.0, 1.0);
    float lost = v_dark * (1.0 - foot * foot * (3.0 - 2.0 * foot));
    vec3 colour = surface() * as_codes(v_steady + v_shaded * (1.0 - lost));
    vec3 over = clamp(colour - 0.906, 0.0, 0.128);  // the shoulder of pack.frag
    colour -= 3.9 * over * over;
#ifdef OUTLINED
    colour = outlined(colour);
#endif
    f_colour = vec4(colour, 1.0);
}
