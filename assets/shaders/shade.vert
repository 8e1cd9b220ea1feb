uniform mat4 u_view;
uniform mat4 u_projection;
uniform mat4 u_plate;
uniform vec3 u_key;   // towards the lamp
uniform float u_level;

in vec2 a_sheet;
in vec2 a_uv;

void main() {
    vec3 place = (u_plate * vec4(a_sheet, 0.0, 1.0)).xyz;
    vec2 thrown = place.xy - u_key.xy / u_key.z * place.z;
    gl_Position = u_projection * u_view * vec4(thrown, u_level, 1.0);
}
