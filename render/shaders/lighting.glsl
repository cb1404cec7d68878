// Light on a surface, linear, and the way from linear light to the screen.
uniform sampler2DShadow shadowMap;

// Share of the key light that arrives: percentage-closer filtering on a disk. The point is moved
// off the surface, more so where light grazes, which keeps the map's steps out of the shading.
float keyVisibility(vec3 position, vec3 normal, float facing) {
    float lift = 1.5 * shadowFilter.x + (0.003 + 0.010 * (1.0 - clamp(facing, 0.0, 1.0)));
    vec3 place = (shadowFromWorld * vec4(position + lift * normal, 1.0)).xyz;
    float sum = 0.0;
    for (int i = 0; i < BODY_TAPS; ++i)
        sum += texture(shadowMap, vec3(place.xy + shadowFilter.y *
                                       vogelDisk(i, float(BODY_TAPS), 0.6), place.z));
    return sum / float(BODY_TAPS);
}

// Diffuse light that creeps past the edge of shade, red furthest, as in skin.
vec3 wrappedDiffuse(float facing, float subsurface) {
    vec3 reach = subsurface * vec3(0.30, 0.17, 0.12);
    vec3 lit = clamp(facing * (1.0 - 0.75 * reach) + 0.75 * reach, 0.0, 1.0);
    return lit * mix(vec3(1.0), lit, reach);
}

// Distribution of mirroring facets (GGX, Walter et al. 2007) times one fourth.
float highlight(vec3 normal, vec3 toEye, vec3 toLight, float roughness) {
    vec3 halfway = normalize(toEye + toLight);
    float facing = max(dot(normal, halfway), 0.0);
    float square = roughness * roughness;
    float spread = facing * facing * (square - 1.0) + 1.0;
    return square / (12.566371 * spread * spread);
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

// Within 0.003 of the standard's curve, without powers.
vec3 srgbFromLinear(vec3 colour) {
    colour = clamp(colour, 0.0, 1.0);
    vec3 root2 = sqrt(colour);
    vec3 root4 = sqrt(root2);
    vec3 root8 = sqrt(root4);
    vec3 high = 0.662002687 * root2 + 0.684122060 * root4 - 0.323583601 * root8
                - 0.0225411470 * colour;
    return mix(high, 12.92 * colour, lessThanEqual(colour, vec3(0.0031308)));
}
