uniform mat4 u_view;
uniform mat4 u_projection;
uniform vec3 u_size;     // width, depth, height in millimetres
uniform float u_radius;  // of rounded edges and rims in millimetres
uniform vec2 u_panel;    // flat size of the panel in millimetres
uniform float u_flip;    // -1: as a mirror on the floor shows it
uniform vec4 u_share;  // of the panel's width and height, taken by the artwork; how far from its middle it is seen

in vec3 a_corner;  // in units of the size: x and y in [-0.5, 0.5], z in [0, 1]
in vec3 a_offset;  // in units of the radius
in vec3 a_normal;
in vec2 a_uv;
in vec2 a_shift;   // in units of the radius
in float a_open;

out vec3 v_place;
centroid out vec3 v_normal;
out vec2 v_uv;
out vec2 v_art;   // place in the artwork, which may take a part of the panel only
out float v_open;

void main() {
    v_place = a_corner * u_size + a_offset * u_radius;
    v_normal = a_normal;
    v_uv = a_uv + a_shift * u_radius / u_panel;
    v_art = (v_uv - 0.5) / u_share.xy + 0.5;
    v_open = a_open;
    gl_Position = u_projection * u_view * vec4(v_place.xy, v_place.z * u_flip, 1.0);
#ifdef DRAFT
    light_vertex(v_place, v_normal, v_open);
#endif
}
