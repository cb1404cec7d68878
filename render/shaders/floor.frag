in vec3 worldPosition;

uniform sampler2D floorLight;

out vec4 fragment;

// Lines of constant width on the screen, every `spacing` metres, smooth at any distance.
float gridLines(vec2 place, float spacing) {
    vec2 unit = place / spacing;
    vec2 width = max(fwidth(unit), vec2(1e-6));
    vec2 away = abs(fract(unit - 0.5) - 0.5) / width;
    vec2 lines = clamp(1.1 - away, 0.0, 1.0);
    // Where lines come closer than a few pixels they melt into their mean.
    lines *= 1.0 - smoothstep(0.12, 0.45, width);
    return max(lines.x, lines.y);
}

void main() {
    vec2 fromBody = worldPosition.xz - floorRegion.xy;
    float away = length(fromBody);
    float fade = 1.0 - smoothstep(0.9, 6.5, away);
    fade *= fade;
    float lines = max(gridLines(worldPosition.xz, 1.0), 0.5 * gridLines(worldPosition.xz, 0.25));
    float grid = gridColour.w * fade * lines;

    vec2 place = 0.5 + 0.5 * fromBody / floorRegion.z;
    vec2 light = texture(floorLight, place).rg;
    float shade = 1.0 - (1.0 - floorShade.x * (1.0 - light.r)) *
                        (1.0 - floorShade.y * (1.0 - light.g));
    float pool = floorShade.z * exp(-away * away / 2.2);

    // Premultiplied: grid over shade over the picture behind; the pool only adds light.
    float opacity = grid + (1.0 - grid) * shade;
    vec3 colour = gridColour.rgb * grid * (1.0 - 0.6 * shade) + pool * (1.0 - shade);
    fragment = vec4(colour + opacity * ditherNoise(), opacity);
}
