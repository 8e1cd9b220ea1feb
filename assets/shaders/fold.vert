uniform mat4 u_view;
uniform mat4 u_projection;
uniform mat4 u_plate;  // from the sheet's millimetres to space
uniform float u_side;  // 1: the printed side is drawn; -1: the inside
uniform vec4 u_share;  // of the panel's width and height, taken by the artwork; how far from its middle it is seen

uniform float u_bend;  // tangent of the lean of normals at both ends of a rolled strip

in vec3 a_sheet;
in vec2 a_uv;
in vec3 a_normal;
in float a_tilt;

out vec3 v_place;
centroid out vec3 v_normal;
out vec2 v_uv;
out vec2 v_art;   // place in the artwork, which may take a part of the panel only
out float v_open;

void main() {
    v_place = (u_plate * vec4(a_sheet, 1.0)).xyz;
    vec3 leaning = a_normal + vec3(u_side * a_tilt * u_bend, 0.0, 0.0);
    v_normal = normalize((u_plate * vec4(leaning, 0.0)).xyz);
    v_uv = a_uv;
    v_art = (v_uv - 0.5) / u_share.xy + 0.5;
    v_open = u_side > 0.0 ? 1.0 : 0.75;  // less light comes into the box
    gl_Position = u_projection * u_view * vec4(v_place, 1.0);
#ifdef DRAFT
    light_vertex(v_place, v_normal, v_open, 0.2);
#endif
}
