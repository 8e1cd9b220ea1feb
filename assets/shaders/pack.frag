uniform sampler2D u_picture;  // the artwork, decoded from sRGB by the card; or the panel's name
uniform int u_taps;            // samples of the artwork a pixel along each side
uniform int u_paint;          // 0: plain board; 1: with the panel's name; 2: artwork
uniform vec2 u_panel;         // flat size of the panel in millimetres
uniform vec2 u_label;         // size of the name on it
uniform vec3 u_size;          // width, depth, height in millimetres
uniform int u_round;          // 1: cylinder
uniform vec3 u_eye;
uniform vec3 u_key;           // towards the main softbox
uniform vec3 u_fill;          // towards the lamp on the shaded side
uniform float u_up;           // 1: sky above; -1: below
uniform vec3 u_accent;
uniform vec2 u_outline;       // width in pixels, opacity

in vec3 v_unit;
in vec3 v_place;
in vec3 v_normal;
in vec2 v_uv;

out vec4 f_colour;

const float PI = 3.14159265;
const float FAR_AWAY = 1.0e6;
const vec3 BOARD = vec3(0.868, 0.850, 0.806);    // warm white, linear
const vec3 LETTER = vec3(0.335, 0.325, 0.305);   // the name's grey, linear
const float EDGE_RADIUS = 0.7;                   // rounding of a creased board edge in millimetres, at most
const float EDGE_SHARE = 0.02;                   // and at most that part of the shortest side
const float ROUGHNESS = 0.55;

// The artwork over the area of a pixel. Finer mip levels read several times keep fine print sharp where it is
// seen at an angle, also where the driver's anisotropic filter is crude.
vec4 artwork() {
    if (u_taps == 1) {
        return texture(u_picture, v_uv);
    }
    vec2 across = dFdx(v_uv);
    vec2 up = dFdy(v_uv);
    float finer = -log2(float(u_taps));
    vec4 sum = vec4(0.0);
    for (int i = 0; i < u_taps * u_taps; i++) {
        vec2 offset = (vec2(float(i % u_taps), float(i / u_taps)) + 0.5) / float(u_taps) - 0.5;
        sum += texture(u_picture, v_uv + offset.x * across + offset.y * up, finer);
    }
    return sum / float(u_taps * u_taps);
}

// Colour of the surface under white light.
vec3 surface() {
    if (u_paint == 0) {
        return BOARD;
    }
    if (u_paint == 1) {
        vec2 place = (v_uv - 0.5) * u_panel / u_label + 0.5;
        return mix(BOARD, LETTER, texture(u_picture, place).a * 0.62);
    }
    vec4 art = artwork();
    return mix(BOARD, art.rgb, art.a);
}

// Distance to the panel's borders in millimetres, by the axis on which the border lies.
vec3 border_distance(vec3 flat_normal) {
    vec3 centred = vec3(v_unit.xy, v_unit.z - 0.5);
    vec3 distance = (0.5 - abs(centred)) * u_size;
    if (u_round == 1) {
        distance.x = 0.5 * u_size.x - length(v_place.xy);
        distance.y = FAR_AWAY;
        return abs(flat_normal.z) > 0.5 ? vec3(distance.xy, FAR_AWAY) : vec3(FAR_AWAY, FAR_AWAY, distance.z);
    }
    return mix(distance, vec3(FAR_AWAY), step(0.5, abs(flat_normal)));
}

// Where the surface leans to at each of those borders.
mat3 border_lean() {
    vec3 side = vec3(sign(v_unit.xy), sign(v_unit.z - 0.5));
    vec3 across = u_round == 1 ? vec3(normalize(v_place.xy + 1.0e-6), 0.0) : vec3(side.x, 0.0, 0.0);
    return mat3(across, vec3(0.0, side.y, 0.0), vec3(0.0, 0.0, side.z));
}

// Light of a large softbox: Lambert's cosine, wrapped a little around the terminator.
float soft_light(vec3 normal, vec3 lamp) {
    const float wrap = 0.25;
    return max((dot(normal, lamp) + wrap) / (1.0 + wrap), 0.0);
}

// Light arriving at a surface; a panel that faces the camera at a front view receives about 1.
vec3 irradiance(vec3 normal, vec3 view) {
    float height = u_up * normal.z;
    vec3 sky = mix(vec3(0.27, 0.265, 0.26), vec3(0.49, 0.50, 0.51), 0.5 * height + 0.5);
    // The floor takes light away from the foot of the walls.
    float foot = v_place.z / (0.45 * min(max(u_size.x, u_size.y), 1.5 * u_size.z));
    float open = mix(1.0, mix(0.66, 1.0, smoothstep(0.0, 1.0, foot)), max(u_up, 0.0) * (1.0 - abs(normal.z)));
    return sky * open
         + vec3(0.56, 0.555, 0.545) * soft_light(normal, u_key) * mix(1.0, open, 0.35)
         + vec3(0.17, 0.175, 0.18) * soft_light(normal, u_fill)
         + vec3(0.11) * max(dot(normal, view), 0.0);
}

// GGX highlight of uncoated paper: Walter et al., "Microfacet Models for Refraction", 2007, with Schlick's
// Fresnel term and Karis' geometry term ("Real Shading in Unreal Engine 4", 2013).
float highlight(vec3 normal, vec3 view, vec3 lamp) {
    vec3 middle = normalize(view + lamp);
    float nh = max(dot(normal, middle), 0.0);
    float nl = max(dot(normal, lamp), 0.0);
    float nv = max(dot(normal, view), 1.0e-3);
    float a2 = ROUGHNESS * ROUGHNESS * ROUGHNESS * ROUGHNESS;
    float d = nh * nh * (a2 - 1.0) + 1.0;
    float k = (ROUGHNESS + 1.0) * (ROUGHNESS + 1.0) / 8.0;
    float g = 1.0 / ((nl * (1.0 - k) + k) * (nv * (1.0 - k) + k));
    float fresnel = 0.04 + 0.96 * pow(1.0 - max(dot(middle, view), 0.0), 5.0);
    return a2 / (PI * d * d) * g * fresnel * nl / 4.0;
}

// Rolls values near and above 1 off, so that a lit white keeps its shape and nothing below 0.8 changes.
vec3 shoulder(vec3 c) {
    vec3 over = max(c - 0.8, 0.0);
    return min(c, 0.8) + 0.2 * (1.0 - exp(-over / 0.2));
}

// The outline just inside the panel: a band in the accent colour and a white hairline that parts it from any art.
vec3 outlined(vec3 colour, vec3 border) {
    vec3 pixels = border / max(fwidth(border), vec3(1.0e-6));
    float depth = min(pixels.x, min(pixels.y, pixels.z));
    float hairline = u_outline.x > 2.0 ? 1.25 : 0.0;
    colour = mix(colour, vec3(1.0), (1.0 - smoothstep(-0.5, 0.5, depth - u_outline.x - hairline)) * 0.9 * step(0.1, hairline));
    float band = 1.0 - smoothstep(-0.5, 0.5, depth - u_outline.x);
    return mix(colour, u_accent, band * u_outline.y);
}

void main() {
    vec3 flat_normal = normalize(v_normal);
    vec3 view = normalize(u_eye - v_place);
    vec3 border = border_distance(flat_normal);
    // The rounded edge: at least a pixel wide, so that it does not sparkle in the distance.
    float edge = min(EDGE_RADIUS, EDGE_SHARE * min(u_size.x, min(u_size.y, u_size.z)));
    vec3 radius = max(vec3(edge), 1.2 * fwidth(border));
    vec3 rounded = 1.0 - smoothstep(vec3(0.0), radius, border);
    vec3 normal = normalize(flat_normal + border_lean() * (0.8 * rounded));

    vec3 colour = surface() * irradiance(normal, view);
    colour += vec3(0.35) * highlight(normal, view, u_key) + vec3(0.12) * highlight(normal, view, u_fill);
    // Fibres on the silhouette of a curved board catch light from behind.
    float rim = u_round == 1 ? pow(1.0 - max(dot(normal, view), 0.0), 5.0) : 0.0;
    colour += vec3(0.05) * rim + vec3(0.025) * max(rounded.x, max(rounded.y, rounded.z));

    colour = shoulder(colour);
    if (u_outline.x > 0.0) {
        colour = outlined(colour, border);
    }
    f_colour = vec4(encode(colour) + dither(gl_FragCoord.xy), 1.0);
}
