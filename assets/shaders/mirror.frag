// The package in the polish of the floor: clear where it stands, blurred and gone a little higher.
uniform sampler2D u_picture;
uniform vec4 u_share;    // of the panel taken by the artwork; how far from its middle it is seen
uniform int u_artwork;   // 0: plain board
uniform vec3 u_board;
uniform vec3 u_key;
uniform float u_fade;    // height at which it is gone, in millimetres
uniform float u_strength;

in vec3 v_place;
centroid in vec3 v_normal;
in vec2 v_art;
in float v_open;

out vec4 f_colour;

void main() {
    float height = clamp(v_place.z / u_fade, 0.0, 1.0);
    vec4 art = texture(u_picture, v_art, 1.0 + 4.0 * height);
    vec2 beyond = step(u_share.zw, abs(v_art - 0.5));
    art.a *= 1.0 - max(beyond.x, beyond.y);
    vec3 base = u_artwork == 1 ? mix(u_board, art.rgb, art.a) : u_board;
    float light = (0.62 + 0.3 * max(dot(normalize(v_normal), u_key), 0.0)) * v_open;
    float alpha = u_strength * (1.0 - height) * (1.0 - height);
    alpha = max(alpha + dither(gl_FragCoord.xy) * step(0.002, alpha), 0.0);
    f_colour = vec4(encode(base * light) * alpha, alpha);
}
