// The figures, drawn apart with several samples a pixel, averaged over what is there.
uniform sampler2DMS figures;
uniform ivec2 origin;  // of the figures' corner in the framebuffer, pixels
uniform int samples;

out vec4 fragment;

void main() {
    ivec2 texel = ivec2(gl_FragCoord.xy) - origin;
    if (samples == 4) {
        fragment = 0.25 * (texelFetch(figures, texel, 0) + texelFetch(figures, texel, 1) +
                           texelFetch(figures, texel, 2) + texelFetch(figures, texel, 3));
        return;
    }
    fragment = vec4(0.0);
    for (int i = 0; i < samples; ++i)
        fragment += texelFetch(figures, texel, i);
    fragment /= float(samples);
}
