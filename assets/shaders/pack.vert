uniform mat4 u_view;
uniform mat4 u_projection;
uniform vec3 u_size;     // width, depth, height in millimetres
uniform float u_radius;  // of rounded edges and rims in millimetres
uniform float u_rim;     // from a panel's border to its middle, which is flat, in millimetres
uniform vec2 u_panel;    // flat size of the panel in millimetres
uniform float u_flip;    // -1: as a mirror on the floor shows it
uniform vec4 u_share;  // of the panel's width and height, taken by the artwork; how far from its middle it is seen

in vec3 a_corner;  // in units of the size: x and y in [-0.5, 0.5], z in [0, 1]
in vec3 a_offset;  // in units of the radius
in vec3 a_normal;
in vec2 a_uv;
in vec2 a_shift;   // in units of the radius
in float a_open;
in float a_rim;    // 1: lies inside by the rim instead of by the radius

out vec3 v_place;
#ifdef FLAT
flat out vec3 v_normal;
flat out float v_open;
#else
centroid out vec3 v_normal;
out float v_open;
#endif
out vec2 v_uv;
out vec2 v_art;   // place in the artwork, which may take a part of the panel only

void main() {
    float border = mix(u_radius, u_rim, a_rim);
    v_place = a_corner * u_size + a_offset * border;
    v_normal = a_normal;
    v_uv = a_uv + a_shift * border / u_panel;
    v_art = (v_uv - 0.5) / u_share.xy + 0.5;
    v_open = a_open;
    gl_Position = u_projection * u_view * vec4(v_place.xy, v_place.z * u_flip, 1.0);
#ifdef FLAT
    light_flat(v_normal);
#endif
#ifdef DRAFT
    light_vertex(v_place, v_normal, v_open, 4.0 * u_radius);
#endif
}
