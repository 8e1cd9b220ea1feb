in vec3 v_colour;
in vec2 v_pixel;

out vec4 f_colour;

void main() {
    f_colour = vec4(v_colour + dither(v_pixel), 1.0);
}
