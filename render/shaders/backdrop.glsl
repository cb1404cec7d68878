// The gradient behind everything, premultiplied sRGB without dither.
vec4 backdrop(vec2 place) {
    vec2 fromMiddle = 0.5 * place - vec2(0.0, 0.04);
    fromMiddle.x *= min(viewport.x / viewport.y, 1.8);
    float away = clamp(length(fromMiddle) / 0.95, 0.0, 1.0);
    float share = away * away * (3.0 - 2.0 * away);
    vec3 colour = mix(backgroundCentre.rgb, backgroundEdge.rgb, share);
    return vec4(colour, 1.0) * backgroundCentre.w;
}
