in float v_height;

out vec4 f_colour;

// Blended by the greatest value: whether a place lies in shadow, and how low the lowest piece above it is.
void main() {
    f_colour = vec4(1.0, 1.0 - v_height, 0.0, 1.0);
}
