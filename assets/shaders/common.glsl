// Prepended to every shader, after the version line.

// Linear light to sRGB (IEC 61966-2-1).
vec3 encode(vec3 linear) {
    vec3 c = clamp(linear, 0.0, 1.0);
    return mix(12.92 * c, 1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
}

// Ordered noise of not quite half an 8-bit step: interleaved gradient noise (Jimenez, "Next Generation Post Processing
// in Call of Duty: Advanced Warfare", 2014). It hides the steps of a slow gradient.
float dither(vec2 pixel) {
    return 0.9 * (fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715)))) - 0.5) / 255.0;
}
