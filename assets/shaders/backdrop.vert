uniform vec2 u_picture;  // pixels of the whole picture
uniform vec2 u_tile;     // pixels of this tile
uniform vec2 u_corner;   // lower left pixel of this tile in the picture
uniform vec3 u_glow;
uniform vec3 u_edge;

in vec2 a_corner;

out vec3 v_colour;
out vec2 v_pixel;

void main() {
    v_pixel = (0.5 * a_corner + 0.5) * u_tile + u_corner;
    vec2 place = 2.0 * v_pixel / u_picture - 1.0;
    // The glow sits a little above the middle, behind the package.
    float radius = length(place * vec2(0.72, 0.92) - vec2(0.0, 0.12));
    // Between the vertices of a fine grid a straight course is off by less than half an 8-bit step.
    v_colour = encode(mix(u_glow, u_edge, smoothstep(0.05, 1.35, radius)));
    gl_Position = vec4(a_corner, 1.0, 1.0);  // the far end of the depth range
}
