uniform vec2 origin;  // of the viewport in the framebuffer, pixels

out vec4 fragment;

void main() {
    vec2 place = (gl_FragCoord.xy - origin) / viewport.xy - vec2(0.5, 0.54);
    place.x *= min(viewport.x / viewport.y, 1.8);
    float away = clamp(length(place) / 0.95, 0.0, 1.0);
    float share = away * away * (3.0 - 2.0 * away);
    vec3 colour = mix(backgroundCentre.rgb, backgroundEdge.rgb, share);
    float opacity = backgroundCentre.w;
    fragment = vec4((colour + ditherNoise()) * opacity, opacity);
}
