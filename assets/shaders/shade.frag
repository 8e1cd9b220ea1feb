uniform sampler2D u_shade;
uniform vec4 u_area;       // low x, low y, high x, high y of the floor it covers
uniform float u_density;
uniform vec4 u_frame;      // lower left pixel of this tile in the picture, size of the picture
uniform float u_vignette;  // width of the border in which shadows fade, as a part of the picture; 0 for none

in vec2 v_place;

out vec4 f_colour;

void main() {
    float shade = texture(u_shade, (v_place - u_area.xy) / (u_area.zw - u_area.xy)).r;
    f_colour = darkness(gl_FragCoord.xy, border(gl_FragCoord.xy, u_frame, u_vignette) * min(u_density * shade, 0.92));
}
