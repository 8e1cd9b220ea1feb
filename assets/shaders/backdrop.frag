uniform vec2 u_picture;  // pixels of the whole picture
uniform vec2 u_corner;   // lower left pixel of this tile in it
uniform vec3 u_glow;
uniform vec3 u_edge;

out vec4 f_colour;

void main() {
    vec2 pixel = gl_FragCoord.xy + u_corner;
    vec2 place = 2.0 * pixel / u_picture - 1.0;
    // The glow sits a little above the middle, behind the package.
    float radius = length(place * vec2(0.72, 0.92) - vec2(0.0, 0.12));
    vec3 colour = mix(u_glow, u_edge, smoothstep(0.05, 1.35, radius));
    f_colour = vec4(encode(colour) + dither(pixel), 1.0);
}
