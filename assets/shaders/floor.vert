uniform mat4 u_view;
uniform mat4 u_projection;
uniform vec4 u_area;   // low x, low y, high x, high y of all shadows
uniform float u_level;

in vec2 a_corner;

out vec2 v_place;

void main() {
    v_place = mix(u_area.xy, u_area.zw, 0.5 * a_corner + 0.5);
    gl_Position = u_projection * u_view * vec4(v_place, u_level, 1.0);
}
