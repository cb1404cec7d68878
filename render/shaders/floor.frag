// Gradient and floor in one: every pixel is where its ray meets the floor.
in vec2 place;
in vec3 ray;

uniform sampler2D floorLight;

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

    vec2 light = texture(floorLight, 0.5 + 0.5 * (position - floorRegion.xy) / floorRegion.z).rg;
    float shade = 1.0 - (1.0 - floorShade.x * (1.0 - light.r)) *
                        (1.0 - floorShade.y * (1.0 - light.g));
    float pool = floorShade.z * max(0.0, 1.0 - 0.16 * away * away);

    // Grid over shade over the gradient; the pool only adds light.
    vec4 behind = backdrop(place);
    float opacity = grid + (1.0 - grid) * shade;
    vec3 colour = gridColour.rgb * grid * (1.0 - 0.6 * shade) + pool * (1.0 - shade) +
                  behind.rgb * (1.0 - opacity);
    opacity += behind.a * (1.0 - opacity);
    fragment = vec4(colour + opacity * ditherNoise(), opacity);
}
