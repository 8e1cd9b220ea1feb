uniform vec2 u_picture;  // pixels of the framebuffer

in vec3 a_place;  // pixels from below left, and depth
in vec4 a_line;   // both ends of the edge in pixels

flat out vec4 v_line;

void main() {
    v_line = a_line;
    gl_Position = vec4(2.0 * a_place.xy / u_picture - 1.0, a_place.z, 1.0);
}
