// Noise of one step of 8 bits against bands in gradients (interleaved gradient noise, Jimenez 2014).
float ditherNoise() {
    float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    return (noise - 0.5) / 255.0;
}
