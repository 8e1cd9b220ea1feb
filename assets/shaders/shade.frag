uniform float u_density;

out vec4 f_colour;

void main() {
    f_colour = vec4(vec3(0.012, 0.013, 0.018) * u_density, u_density);
}
