// Gradient and unshaded floor in one: every pixel is where its ray meets the floor.
in vec2 place;
in vec3 ray;

out vec4 fragment;

// Lines of constant width on the screen, smooth at any distance: every 25 cm, brighter at whole
// metres. `footprint` is what a pixel covers, metres.
float gridLines(vec2 position, vec2 footprint) {
    const float spacing = 0.25;
    vec2 unit = position / spacing;
    vec2 nearest = floor(unit + 0.5);
    vec2 width = footprint / spacing;
    vec2 whole = step(fract(0.25 * nearest + 0.125), vec2(0.25));
    vec2 lines = clamp(1.1 - abs(unit - nearest) / width, 0.0, 1.0) * (0.5 + 0.5 * whole);
    // Where lines come closer than a few pixels they melt away.
    lines *= clamp(1.4 - 3.1 * width * (1.0 - 0.75 * whole), 0.0, 1.0);
    return max(lines.x, lines.y);
}

void main() {
    float along = (floorRegion.w - eye.y) / min(ray.y, -1e-4);
    vec2 position = eye.xz + along * ray.xz;
    float away = length(position - floorMiddle.xy);
    float fade = 1.0 - smoothstep(0.9, 6.5, away);
    fade *= fade;
    vec2 footprint = max(fwidth(position), vec2(1e-6));
    float lines = gridLines(position, footprint);
    float grid = gridColour.w * fade * lines;

    // A pool of light, grid over gradient.
    float pool = floorShade.z * max(0.0, 1.0 - 0.16 * away * away);
    vec4 behind = backdrop(place);
    vec3 colour = gridColour.rgb * grid + pool + behind.rgb * (1.0 - grid);
    float opacity = grid + behind.a * (1.0 - grid);
    fragment = vec4(colour + opacity * ditherNoise(), opacity);
}
