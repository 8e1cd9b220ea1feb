// A piece of a folding package thrown onto the floor along the light, seen from above.
uniform mat4 u_plate;
uniform vec2 u_sweep;   // shift of the shadow per unit of height
uniform vec3 u_square;  // low x, low y and side of the floor that is seen, in millimetres
uniform float u_tall;   // height of the highest point, in millimetres

in vec3 a_sheet;
in vec2 a_uv;

out float v_height;  // 0 on the floor, 1 at the highest point

void main() {
    vec3 place = (u_plate * vec4(a_sheet, 1.0)).xyz;
    v_height = place.z / u_tall;
    vec2 thrown = (place.xy + u_sweep * place.z - u_square.xy) / u_square.z;
    gl_Position = vec4(2.0 * thrown - 1.0, 0.0, 1.0);
}
