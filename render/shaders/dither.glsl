// Noise against bands in gradients, in fragment shaders alone.
float interleavedGradientNoise(vec2 pixel) {
    return fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715))));
}

// Breaks up the bands of 8-bit gradients: a triangular distribution one step wide.
float ditherNoise() {
    float first = interleavedGradientNoise(gl_FragCoord.xy);
    float second = interleavedGradientNoise(gl_FragCoord.xy + vec2(47.0, 17.0));
    return (first + second - 1.0) / 255.0;
}
