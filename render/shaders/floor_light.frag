// Light on the floor, once for the region around the body: key light with a soft edge that widens
// with the height of what casts it (PCSS, Fernando 2005), and the contact shade of what is near.
in vec2 place;

uniform sampler2D shadowDepth;
uniform sampler2DShadow shadowMap;
uniform sampler2D topDepth;

out vec2 fragment;  // share of key light, share of sky

float keyOnFloor(vec3 position, float turn) {
    vec3 map = (shadowFromWorld * vec4(position, 1.0)).xyz;
    float reach = shadowFilter.z;
    const float taps = float(FLOOR_TAPS);
    float searchRadius = 1.6 * keyColour.w * reach;
    float blockers = 0.0;
    float depth = 0.0;
    for (int i = 0; i < FLOOR_TAPS; ++i) {
        float seen = textureLod(shadowDepth, map.xy + searchRadius * vogelDisk(i, taps, turn), 0.0).r;
        float blocks = seen < map.z - 0.002 ? 1.0 : 0.0;
        blockers += blocks;
        depth += blocks * seen;
    }
    float distance = (map.z - depth / max(blockers, 1.0)) * keyDirection.w;
    float blur = (0.008 + distance * keyColour.w) * reach;
    float lit = 0.0;
    for (int i = 0; i < 2 * FLOOR_TAPS; ++i)
        lit += texture(shadowMap, vec3(map.xy + blur * vogelDisk(i, 2.0 * taps, turn),
                                       map.z - 0.002));
    return blockers > 0.0 ? lit / (2.0 * taps) : 1.0;
}

// Sky hidden by a body above: each sample of the map from above hides a part that falls with its
// height.
float skyOnFloor(vec3 position, float turn) {
    vec3 map = (topFromWorld * vec4(position, 1.0)).xyz;
    float reach = abs(topFromWorld[0].x);
    const float taps = float(FLOOR_TAPS);
    float hidden = 0.0;
    for (int i = 0; i < FLOOR_TAPS; ++i) {
        vec2 offset = vogelDisk(i, taps, turn);
        float away = length(offset) * 0.16;
        float above = (map.z - textureLod(topDepth, map.xy + 0.16 * offset * reach, 0.0).r)
                      * floorShade.w;
        float blocks = above > 0.0 ? 1.0 : 0.0;
        above = max(above, 0.0);
        hidden += blocks * 0.05 * 0.05 / (0.05 * 0.05 + above * above) * exp(-away * 9.0);
    }
    return 1.0 - clamp(2.2 * hidden / taps, 0.0, 1.0);
}

void main() {
    vec3 position = vec3(floorRegion.x + place.x * floorRegion.z, floorRegion.w,
                         floorRegion.y + place.y * floorRegion.z);
    // Four patterns over each two by two texels, which the smoothing afterwards mixes evenly.
    vec2 odd = mod(floor(gl_FragCoord.xy), 2.0);
    float turn = 1.5707963 * (2.0 * odd.x + abs(odd.x - odd.y)) * 0.73;
    float edge = 1.0 - smoothstep(0.8, 1.0, max(abs(place.x), abs(place.y)));
    fragment = mix(vec2(1.0), vec2(keyOnFloor(position, turn), skyOnFloor(position, turn)), edge);
}
