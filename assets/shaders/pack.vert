uniform mat4 u_view;
uniform mat4 u_projection;
uniform vec3 u_size;  // width, depth, height in millimetres

in vec3 a_position;  // unit mesh: x and y in [-0.5, 0.5], z in [0, 1]
in vec3 a_normal;
in vec2 a_uv;

out vec3 v_unit;
out vec3 v_place;
out vec3 v_normal;
out vec2 v_uv;

void main() {
    v_unit = a_position;
    v_place = a_position * u_size;
    v_normal = a_normal / u_size;
    v_uv = a_uv;
    gl_Position = u_projection * u_view * vec4(v_place, 1.0);
}
