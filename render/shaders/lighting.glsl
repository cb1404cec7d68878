// Light on a surface, linear, and the way from linear light to the screen.
uniform sampler2DShadow shadowMap;

// Share of the key light that arrives: percentage-closer filtering on a disk. The point is moved
// off the surface, more so where light grazes, which keeps the map's steps out of the shading.
float keyVisibility(vec3 position, vec3 normal, float facing, float turn) {
    float lift = 1.5 * shadowFilter.x + (0.003 + 0.010 * (1.0 - clamp(facing, 0.0, 1.0)));
    vec3 place = (shadowFromWorld * vec4(position + lift * normal, 1.0)).xyz;
    // Texture units a metre: the map's two sides are of equal length.
    float radius = shadowFilter.y * length(vec3(shadowFromWorld[0].x, shadowFromWorld[1].x,
                                                shadowFromWorld[2].x));
    int taps = facing > -0.45 ? int(shadowFilter.z) : 0;
    float sum = 0.0;
    for (int i = 0; i < taps; ++i)
        sum += texture(shadowMap, vec3(place.xy + radius * vogelDisk(i, shadowFilter.z, turn),
                                       place.z));
    return sum / shadowFilter.z;
}

// Diffuse light that creeps past the edge of shade, red furthest, as in skin.
vec3 wrappedDiffuse(float facing, float subsurface) {
    vec3 reach = subsurface * vec3(0.42, 0.16, 0.09);
    vec3 lit = clamp((facing + reach) / (1.0 + reach), 0.0, 1.0);
    return lit * mix(vec3(1.0), lit, reach);
}

float highlight(vec3 normal, vec3 toEye, vec3 toLight, float shininess) {
    vec3 halfway = normalize(toEye + toLight);
    float sharp = pow(max(dot(normal, halfway), 0.0), shininess);
    return sharp * (shininess + 8.0) * 0.03978874;  // energy: (n + 8) / 8 pi
}

// Keeps colours true up to 0.8 and rolls highlights off above (after Khronos' PBR Neutral).
vec3 toneMapped(vec3 colour) {
    const float start = 0.76;
    float peak = max(colour.r, max(colour.g, colour.b));
    if (peak < start) return colour;
    const float range = 1.0 - start;
    float newPeak = 1.0 - range * range / (peak + range - start);
    colour *= newPeak / peak;
    float wash = 1.0 - 1.0 / (0.15 * (peak - newPeak) + 1.0);
    return mix(colour, vec3(newPeak), wash);
}

vec3 srgbFromLinear(vec3 colour) {
    colour = clamp(colour, 0.0, 1.0);
    vec3 high = 1.055 * pow(colour, vec3(1.0 / 2.4)) - 0.055;
    return mix(high, 12.92 * colour, lessThanEqual(colour, vec3(0.0031308)));
}
