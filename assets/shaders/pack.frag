// Switched by the program: ARTWORK, else plain board with the panel's name; TAPS, samples of the artwork a pixel
// along each side, or QUICK, two of them or one on a panel that is seen STRAIGHT; a material's COATED, STAINED or
// METALLIC; AREAS where parts of the artwork have a finish of their own; UNLIT for light that changes no colour;
// OUTLINED where a panel may be outlined; FLAT for the flat middle of a panel, where there are no folds, cut edges,
// gaps and outlines.
uniform sampler2D u_picture;  // the artwork, decoded from sRGB by the card; or the panel's name
uniform sampler2D u_areas;    // foil, varnish, relief, and in alpha above a half white below the ink
uniform float u_studio;       // brightness of the studio's walls in the mirrors of AREAS
uniform sampler2D u_grain;    // tooth and fibres of paper
uniform float u_grain_mm;
uniform vec2 u_panel;         // flat size of the panel in millimetres
uniform vec4 u_share;         // of the panel taken by the artwork; how far from its middle it is seen
uniform vec2 u_label;         // size of the name on it; zero for none
uniform int u_outline_shape;  // 0: rectangle; 1: all around, without a left and right end; 2: disc
uniform vec2 u_raw;           // 1: a cut edge at the sides; at the top
uniform vec2 u_gap;           // 1: a gap to the neighbour at the top; at the foot
uniform vec3 u_size;          // width, depth, height in millimetres
uniform float u_radius;
uniform vec3 u_eye;
uniform float u_exposure;     // factor

uniform vec3 u_board;         // linear colours
uniform vec3 u_letter;
uniform vec3 u_core;
uniform float u_roughness;
uniform float u_tooth;
uniform float u_fibre;
uniform float u_crease;       // light that a fold catches
uniform float u_room;         // brightness of the studio's walls in mirrors

uniform vec3 u_key;           // towards the main softbox
uniform vec3 u_key_light;
uniform vec3 u_fill;          // towards the lamp on the shaded side
uniform vec3 u_fill_light;
uniform vec3 u_sky;
uniform vec3 u_ground;
uniform float u_front;
uniform float u_up;           // 1: sky above; -1: below
uniform vec2 u_right;         // the camera's right
uniform vec4 u_strip_a;       // softboxes seen in mirrors: sharp edge, faint edge, lean, radiance
uniform vec4 u_strip_b;
uniform vec4 u_strip_c;

uniform vec3 u_accent;
uniform vec2 u_outline;       // width in pixels, opacity

in vec3 v_place;
#ifdef FLAT
flat in vec3 v_normal;
flat in float v_open;
flat in vec3 v_steady;  // see flat.glsl
flat in vec3 v_shaded;
flat in float v_dark;
#else
centroid in vec3 v_normal;  // on a rounded edge thinner than a pixel it would run past the triangle
in float v_open;
#endif
in vec2 v_uv;
in vec2 v_art;

out vec4 f_colour;

const float PI = 3.14159265;
const float FAR_AWAY = 1.0e6;
const vec3 SILVER = vec3(0.86, 0.87, 0.89);  // what aluminium film gives back
const float WHITE = 0.86;  // opaque white ink
const float RELIEF_MM = 0.35;
const float FOIL_ROUGHNESS = 0.16;
const float VARNISH_ROUGHNESS = 0.2;
#ifdef METALLIC
const bool METAL = true;
#else
const bool METAL = false;
#endif

// The artwork over the area of a pixel. Finer mip levels read several times keep fine print sharp where it is
// seen at an angle, also where the driver's anisotropic filter is crude.
vec4 picture() {
    vec2 across = dFdx(v_art);
    vec2 up = dFdy(v_art);
#if defined(QUICK) && defined(STRAIGHT)
    return texture(u_picture, v_art, -0.7);
#elif defined(QUICK)
    // Two samples along the pixel's longer side, as fine as the shorter side asks for. The texture gives one mip level a
    // pixel: a step between two of them is not seen where both are finer than the pixel.
    float wide = dot(across * u_panel, across * u_panel);
    float high = dot(up * u_panel, up * u_panel);
    vec2 longer = wide > high ? across : up;
    float finer = max(-0.5 * abs(log2(wide / high)), -1.0) - 0.8;
    return 0.5 * (texture(u_picture, v_art - 0.25 * longer, finer) + texture(u_picture, v_art + 0.25 * longer, finer));
#else
    float finer = -log2(float(TAPS));
    vec4 sum = vec4(0.0);
    for (int i = 0; i < TAPS * TAPS; i++) {
        vec2 offset = (vec2(float(i % TAPS), float(i / TAPS)) + 0.5) / float(TAPS) - 0.5;
        sum += texture(u_picture, v_art + offset.x * across + offset.y * up, finer);
    }
    return sum / float(TAPS * TAPS);
#endif
}

#if defined(AREAS) && defined(ARTWORK)
// Foil, varnish, relief, white: 0 to 1 of each at this spot.
vec4 areas() {
    vec4 found = texture(u_areas, v_art);
    vec2 beyond = step(u_share.zw, abs(v_art - 0.5));
    found.a = 2.0 * max(found.a - 0.5, 0.0);
    return found * (1.0 - max(beyond.x, beyond.y));
}

// A surface raised by a height in millimetres (Mikkelsen, "Bump Mapping Unparametrized Surfaces on the GPU", 2010).
vec3 raised(vec3 normal, float height) {
    vec3 along = dFdx(v_place);
    vec3 up = dFdy(v_place);
    vec3 first = cross(up, normal);
    vec3 second = cross(normal, along);
    float extent = dot(along, first);
    vec3 slope = sign(extent) * (dFdx(height) * first + dFdy(height) * second);
    return normalize(abs(extent) * normal - slope);
}
#else
vec4 areas() {
    return vec4(0.0);
}
#endif

// Colour of the surface under white light; `board` is that of the paper at this spot, `white` the ink below artwork.
vec3 surface(vec3 board, float white) {
#ifdef ARTWORK
    vec4 art = picture();
    vec2 beyond = step(u_share.zw, abs(v_art - 0.5));
    art.a *= 1.0 - max(beyond.x, beyond.y);
#if defined(STAINED)
    // Ink lets the board through, but lies on top of it: light colours stay a little lighter than the board.
    vec3 stained = mix(board, art.rgb * mix(board, vec3(WHITE), 0.16), art.a);
    return mix(stained, mix(vec3(WHITE), art.rgb, art.a), white);
#elif defined(METALLIC)
    return mix(mix(board, art.rgb * SILVER, art.a), mix(vec3(WHITE), art.rgb, art.a), white);
#else
    return mix(board, art.rgb, art.a);
#endif
#else
    vec2 place = (v_uv - 0.5) * u_panel / u_label + 0.5;
    float inside = step(max(abs(place.x - 0.5), abs(place.y - 0.5)), 0.5);
    return mix(board, u_letter * board / u_board, texture(u_picture, place).a * inside * 0.62);
#endif
}

// Distance to the panel's borders in millimetres: at the sides, at top and foot.
vec2 border() {
    if (u_outline_shape == 2) {
        return vec2((0.5 - length(v_uv - 0.5)) * u_panel.x, FAR_AWAY);
    }
    vec2 inside = (0.5 - abs(v_uv - 0.5)) * u_panel;
    return u_outline_shape == 1 ? vec2(FAR_AWAY, inside.y) : inside;
}

// A line of a width along the border. Where that is less than a pixel it is spread over two and pales: the pixels
// across it always add up to its width, or it would break up into dashes.
vec2 line(vec2 inside, float width) {
    vec2 pixel = max(fwidth(inside), vec2(1.0e-4));
    vec2 wide = width / pixel;
    vec2 across = inside / pixel;
    vec2 broad = clamp(wide - 0.5, 0.0, 1.0);
    return clamp(across + broad, 0.0, 1.0) * clamp(max(wide, vec2(1.0)) - across + 1.0 - 0.5 * broad, 0.0, 1.0)
         * min(wide, vec2(1.0));
}

// Light of a large softbox: Lambert's cosine, wrapped a little around the terminator.
float soft_light(vec3 normal, vec3 lamp) {
    const float wrap = 0.25;
    return max((dot(normal, lamp) + wrap) / (1.0 + wrap), 0.0);
}

// Light arriving at a surface; a panel that faces the camera at a front view receives about 1.
vec3 irradiance(vec3 normal, vec3 view) {
    // The floor takes light away from the foot of the walls.
    float foot = v_place.z / (0.45 * min(max(u_size.x, u_size.y), 1.5 * u_size.z));
#ifdef FLAT
    float lost = v_dark * (1.0 - smoothstep(0.0, 1.0, foot));
    return v_steady + v_shaded * (1.0 - lost) + vec3(u_front * max(dot(normal, view), 0.0));
#else
    float height = u_up * normal.z;
    vec3 sky = mix(u_ground, u_sky, 0.5 * height + 0.5);
    float open = mix(1.0, mix(0.62, 1.0, smoothstep(0.0, 1.0, foot)), max(u_up, 0.0) * (1.0 - abs(normal.z)));
    open *= v_open;
    return sky * open
         + u_key_light * (soft_light(normal, u_key) * mix(1.0, open, 0.35))
         + u_fill_light * soft_light(normal, u_fill)
         + vec3(u_front * max(dot(normal, view), 0.0) * v_open);
#endif
}

// GGX highlight of a lamp: Walter et al., "Microfacet Models for Refraction", 2007, with Schlick's Fresnel term
// and Karis' geometry term ("Real Shading in Unreal Engine 4", 2013).
float highlight(vec3 normal, vec3 view, vec3 lamp, float roughness) {
    float facing = dot(normal, view);
    float turned = dot(normal, lamp);
    float nl = max(turned, 0.0);
    float nv = max(facing, 1.0e-3);
    // The cosines of the direction midway between both unit vectors, which has a length of sqrt(2 + 2 view.lamp).
    float between = max(0.5 + 0.5 * dot(view, lamp), 1.0e-5);
    float both = max(facing + turned, 0.0);
    float a2 = roughness * roughness * roughness * roughness;
    float d = 0.25 * both * both / between * (a2 - 1.0) + 1.0;
    float k = (roughness + 1.0) * (roughness + 1.0) / 8.0;
    float away = 1.0 - sqrt(between);
    float fresnel = 0.04 + 0.96 * away * away * away * away * away;
    return a2 * fresnel * nl / (4.0 * PI * d * d * (nl * (1.0 - k) + k) * (nv * (1.0 - k) + k));
}

#if defined(COATED) || defined(METALLIC) || defined(AREAS)
// A softbox that is bright at its sharp edge and fades towards the other.
float strip(vec4 box, float azimuth, float rise, float blur) {
    float t = (azimuth + box.z * rise - box.x) / (box.y - box.x);
    float soft = blur / abs(box.y - box.x);
    return box.w * smoothstep(-soft, soft, t) * (1.0 - smoothstep(0.0, 1.0, t));
}

// What a polished surface sees of the studio. Its walls are near, so that flat panels mirror different parts of it
// from corner to corner. The side of the camera is dark: blacks stay black.
vec3 studio(vec3 ray, float blur, bool metal, float room) {
    float reach = 2.2 * max(u_size.z, max(u_size.x, u_size.y));
    vec3 seen = ray + (v_place - vec3(0.0, 0.0, 0.5 * u_size.z)) / reach;
    float right = dot(seen.xy, u_right);
    float away = dot(seen.xy, vec2(-u_right.y, u_right.x));
    float level = max(length(seen.xy), 1.0e-4);
    float azimuth = atan(right, -away);
    float rise = clamp(u_up * seen.z / level, -2.0, 2.0);
    float behind = 0.5 + 0.5 * away / level;
    float walls;
    if (metal) {
        // Flags and reflectors around the set, without which metal looks grey.
        float bow = azimuth + 0.75 * rise;
        walls = max(0.27 + 0.34 * sin(6.0 * bow + 1.6) + 0.14 * sin(15.0 * bow + 0.4), 0.05)
              + 0.15 * smoothstep(0.12, 0.5, -rise);
    } else {
        walls = mix(0.10, 0.62, smoothstep(0.15, 1.0, behind)) + 0.5 * smoothstep(0.2, 1.2, rise)
              + mix(0.05, 0.3, behind) * smoothstep(0.02, 0.6, -rise);
    }
    float boxes = strip(u_strip_a, azimuth, rise, blur) + strip(u_strip_b, azimuth, rise, blur)
                + strip(u_strip_c, abs(azimuth), rise, blur);
    float ends = smoothstep(-1.1, -0.5, rise) * (1.0 - smoothstep(0.9, 1.8, rise));
    if (metal) {
        boxes *= 0.36;  // metal gives back nearly all of it
    }
    return vec3(walls * room + boxes * ends);
}

// Board is never quite even: mirror images tremble a little.
vec3 uneven(vec3 normal, float strength) {
    vec3 wave = sin(v_place.yzx * 0.071 + 1.7 * sin(v_place.zxy * 0.043 + 0.6));
    return normalize(normal + strength * wave);
}
#endif

// Rolls values near and above 1 off, so that a lit white keeps its shape and nothing below 0.8 changes.
vec3 shoulder(vec3 c) {
    vec3 over = max(c - 0.8, 0.0);
    return min(c, 0.8) + 0.2 * (1.0 - exp(-over / 0.2));
}

#if defined(AREAS) && defined(ARTWORK)
// Foil and varnish over what is there; `free` and `light` as in `lit`.
vec3 finished(vec3 colour, vec3 base, vec3 normal, vec3 view, vec3 light, float free, vec4 area) {
    vec3 wavy = uneven(normal, mix(0.006, 0.014, area.r));
    float away = 1.0 - max(dot(wavy, view), 0.0);
    float grazing = away * away * away * away * away;
    vec3 ray = reflect(-view, wavy);
    float open = mix(0.5, 1.0, v_open) * free;
    float coat = 0.04 + 0.96 * grazing;
    float varnish = VARNISH_ROUGHNESS;
    vec3 clear = studio(ray, 0.25 * varnish * varnish + 0.006, false, 0.35 * u_studio) * open;
    vec3 shine = u_key_light * highlight(normal, view, u_key, varnish) * free;
    colour = mix(colour, colour * (1.0 - coat) * 0.97 + 1.5 * clear * coat + 0.62 * shine, area.g);
    float foil = FOIL_ROUGHNESS;
    vec3 mirrored = studio(ray, 0.25 * foil * foil + 0.006, true, 1.15 * u_studio) * open;
    vec3 film = base * SILVER;
    vec3 tint = film + (0.9 - film) * 0.6 * grazing;
    vec3 glint = u_key_light * highlight(normal, view, u_key, foil) * free;
    return mix(colour, film * light * 0.16 + tint * mirrored * 1.15 + 1.24 * film * glint, area.r);
}
#endif

vec3 lit(vec3 base, vec3 normal, vec3 view, vec4 area) {
    // What turns to the floor it stands on lies in the dark.
    float low = max(u_radius, 0.05);  // of a folding package it is zero
    float near = max(u_up, 0.0) * (1.0 - smoothstep(low, 4.0 * low, v_place.z));
    float free = mix(1.0, smoothstep(-0.75, 0.05, normal.z), near);
    vec3 light = irradiance(normal, view) * free;
    vec3 glints = 0.62 * u_key_light * highlight(normal, view, u_key, u_roughness);
#ifndef QUICK
    glints += 0.70 * u_fill_light * highlight(normal, view, u_fill, u_roughness);
#endif
    glints *= free;
#if defined(COATED) || defined(METALLIC)
    #ifdef METALLIC
    // Hairlines of the rolled film.
    float hair = texture(u_grain, v_uv * u_panel / u_grain_mm * vec2(3.0, 0.05)).r - 0.5;
    vec3 wavy = uneven(normal, 0.014);
#else
    vec3 wavy = uneven(normal, 0.006);
#endif
    float facing = max(dot(wavy, view), 0.0);
    float away = 1.0 - facing;
    float grazing = away * away * away * away * away;
    vec3 mirrored = studio(reflect(-view, wavy), 0.25 * u_roughness * u_roughness + 0.006, METAL, u_room) * (mix(0.5, 1.0, v_open) * free);
#endif
#if defined(COATED)
    float coat = 0.04 + 0.96 * grazing;
    vec3 colour = base * light * (1.0 - coat) + mirrored * coat + glints;
#elif defined(METALLIC)
    mirrored *= 1.0 + 0.5 * hair;
    vec3 tint = base + (0.9 - base) * 0.6 * grazing;
    vec3 metal = base * light * 0.16 + tint * mirrored + 2.0 * base * glints;
    vec3 colour = mix(metal, base * light + glints, area.a);
#else
    vec3 colour = base * light + glints;
#endif
#if defined(AREAS) && defined(ARTWORK)
    colour = finished(colour, base, normal, view, light, free, area);
#endif
    return colour;
}

#ifdef OUTLINED
// The outline just inside the panel: a band in the accent colour and a white hairline that parts it from any art.
vec3 outlined(vec3 colour, vec2 inside) {
    vec2 pixels = inside / max(fwidth(inside), vec2(1.0e-6));
    float depth = min(pixels.x, pixels.y);
    float hairline = u_outline.x > 2.0 ? 1.25 : 0.0;
    colour = mix(colour, vec3(1.0), (1.0 - smoothstep(-0.5, 0.5, depth - u_outline.x - hairline)) * 0.9 * step(0.1, hairline));
    float band = 1.0 - smoothstep(-0.5, 0.5, depth - u_outline.x);
    return mix(colour, u_accent, band * u_outline.y);
}
#endif

void main() {
#ifndef FLAT
    vec2 inside = border();
#endif
    vec4 area = areas();
#ifdef UNLIT
    vec3 colour = surface(u_board, area.a) * u_exposure;
#else
#ifdef FLAT
    vec3 normal = v_normal;
#else
    vec3 normal = normalize(v_normal);
#endif
    vec3 view = normalize(u_eye - v_place);
#if defined(COATED) || defined(METALLIC)
    vec2 grain = vec2(0.0);  // filled by the varnish, or under the film
#else
    vec2 grain = texture(u_grain, v_uv * u_panel / u_grain_mm).rg - 0.5;
#endif
    float paper = 1.0 + u_tooth * grain.x + u_fibre * grain.y;
    vec3 base = surface(u_board * paper, area.a);
#ifdef ARTWORK
    base *= 1.0 + 0.7 * u_tooth * grain.x;
#endif
#ifdef FLAT
    vec3 worn = vec3(0.0);
#else
    // Where the board was cut its core shows, as thick as the board is; where a flap begins there is a gap.
    vec2 cut = vec2(u_raw.x, v_uv.y < 0.5 ? u_raw.y : 0.0) * line(inside, 0.5 * u_radius);
    base = mix(base, u_core * (0.9 + 0.5 * grain.y), 0.85 * max(cut.x, cut.y));
    float gap = v_uv.y < 0.5 ? u_gap.x : u_gap.y;
    base *= 1.0 - 0.72 * gap * line(inside, 0.25 * u_radius).y;
    // A fold is stretched and a little worn: it catches light.
    vec3 slope = abs(normal);
    float fold = smoothstep(0.03, 0.22, 1.0 - max(slope.x, max(slope.y, slope.z)));
    float facing = max(dot(normal, view), 0.0);
    vec3 worn = vec3(u_crease * fold * facing * facing) * (1.0 - smoothstep(0.0, 0.4, -normal.z) * max(u_up, 0.0));
#endif
#if defined(AREAS) && defined(ARTWORK)
    normal = raised(normal, RELIEF_MM * texture(u_areas, v_art, 1.0).b);
#endif
    vec3 colour = shoulder((lit(base, normal, view, area) + worn) * u_exposure);
#endif
#ifdef OUTLINED
    if (u_outline.x > 0.0) {
        colour = outlined(colour, inside);
    }
#endif
#ifdef QUICK
    colour = encode_quickly(colour);
#else
    colour = encode(colour);
#endif
    f_colour = vec4(colour + dither(gl_FragCoord.xy), 1.0);
}
