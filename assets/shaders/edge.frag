// A pixel that an edge cuts takes as much of its neighbour's colour as lies beyond the edge (Persson, "Geometric
// Post-process Anti-Aliasing", 2011).
uniform sampler2D u_source;  // the picture so far
uniform vec2 u_picture;

flat in vec4 v_line;

out vec4 f_colour;

void main() {
    vec2 along = v_line.zw - v_line.xy;
    vec2 here = gl_FragCoord.xy - v_line.xy;
    bool level = abs(along.x) > abs(along.y);
    float beside = level ? along.y / along.x * here.x - here.y : along.x / along.y * here.y - here.x;
    float share = 0.5 - abs(beside);
    if (share <= 0.0) {
        discard;
    }
    ivec2 spot = ivec2(gl_FragCoord.xy);
    int side = beside > 0.0 ? 1 : -1;
    ivec2 beyond = spot + (level ? ivec2(0, side) : ivec2(side, 0));
    beyond = clamp(beyond, ivec2(0), ivec2(u_picture) - 1);
    f_colour = mix(texelFetch(u_source, spot, 0), texelFetch(u_source, beyond, 0), share);
}
