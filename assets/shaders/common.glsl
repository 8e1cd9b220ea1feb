// Prepended to every shader, after the version line.

// Linear light to sRGB (IEC 61966-2-1).
vec3 encode(vec3 linear) {
    vec3 c = clamp(linear, 0.0, 1.0);
    return mix(12.92 * c, 1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
}

// As `encode` to within a tenth of an 8-bit step, by roots instead of a power: a processor is quicker at them.
vec3 encode_quickly(vec3 linear) {
    vec3 c = clamp(linear, 0.0, 1.0);
    vec3 root = sqrt(c);
    vec3 bright = 0.83372982 * root + 0.29813085 * sqrt(root) - 0.05531277 * c - 0.07690884;
    return mix(12.92 * c, bright, step(0.0031308, c));
}

// Ordered noise of not quite half an 8-bit step: interleaved gradient noise (Jimenez, "Next Generation Post Processing
// in Call of Duty: Advanced Warfare", 2014). It hides the steps of a slow gradient.
float dither(vec2 pixel) {
    return 0.9 * (fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715)))) - 0.5) / 255.0;
}

// What is left of a shadow near the picture's border, which would show where it ends. The frame: lower left pixel of this
// tile in the picture, size of the picture. The fade is a part of the picture, 0 for none.
float border(vec2 pixel, vec4 frame, float fade) {
    vec2 left = smoothstep(vec2(0.0), vec2(fade + 1.0e-6), 0.5 - abs((pixel + frame.xy) / frame.zw - 0.5));
    return left.x * left.y;
}

// A shadow of a density, premultiplied.
vec4 darkness(vec2 pixel, float density) {
    float alpha = max(density + dither(pixel) * step(0.002, density), 0.0);
    return vec4(vec3(0.012, 0.013, 0.018) * alpha, alpha);
}
