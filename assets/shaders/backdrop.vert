in vec2 a_corner;

void main() {
    gl_Position = vec4(a_corner, 1.0, 1.0);  // the far end of the depth range
}
