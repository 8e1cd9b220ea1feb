// A hard shadow softened by how high what throws it is (Fernando, "Percentage-Closer Soft Shadows", 2005).
uniform sampler2D u_hard;  // red: in shadow; green: 1 less the height of what throws it
uniform float u_near;      // half width of the soft edge of what lies on the floor, as a part of the square
uniform float u_far;       // what is added at the highest point
uniform float u_pixels;    // of the square along each side

const int SEARCHED = 12;
const int TAKEN = 28;
const float GOLDEN = 2.399963;  // the golden angle: points along such a spiral cover a disc evenly

in vec2 v_uv;

out vec4 f_colour;

vec2 spiral(int index, int count) {
    float turn = GOLDEN * float(index);
    return sqrt((float(index) + 0.5) / float(count)) * vec2(cos(turn), sin(turn));
}

// Between the points lies what a smaller level of the picture has averaged: no copies of the edge show.
float level(float reach, int count) {
    return log2(max(1.6 * reach * u_pixels / sqrt(float(count)), 1.0));
}

void main() {
    float widest = u_near + u_far;
    float lod = level(widest, SEARCHED);
    vec2 found = vec2(0.0);
    for (int i = 0; i < SEARCHED; ++i) {
        vec2 seen = textureLod(u_hard, v_uv + widest * spiral(i, SEARCHED), lod).rg;
        found += vec2(seen.r, seen.r - seen.g);
    }
    float height = found.x > 0.0 ? clamp(found.y / found.x, 0.0, 1.0) : 0.0;
    float reach = u_near + u_far * height;
    lod = level(reach, TAKEN);
    float shade = 0.0;
    for (int i = 0; i < TAKEN; ++i) {
        shade += textureLod(u_hard, v_uv + reach * spiral(i, TAKEN), lod).r;
    }
    f_colour = vec4(shade / float(TAKEN) * (1.0 - 0.55 * height), 0.0, 0.0, 1.0);
}
