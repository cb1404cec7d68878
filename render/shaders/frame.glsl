// What every pass of one picture shares; mirrors FrameUniforms in frame_uniforms.h.
layout(std140) uniform Frame {
    mat4 clipFromWorld;
    mat4 shadowFromWorld;   // texture space, [0, 1] in all three
    mat4 topFromWorld;      // the same for the map seen from above, depth grows downwards
    vec4 eye;               // world metres
    vec4 keyDirection;      // towards the light; w: metres along the light that depth 1 stands for
    vec4 keyColour;         // linear; w: radius of the light, tangent
    vec4 fillDirection;
    vec4 fillColour;
    vec4 rimDirection;
    vec4 rimColour;
    vec4 skyAmbient;        // linear
    vec4 floorAmbient;      // linear
    vec4 backgroundCentre;  // sRGB; w: opacity
    vec4 backgroundEdge;    // sRGB
    vec4 gridColour;        // sRGB; w: opacity
    vec4 floorRegion;       // whose light is computed: centre x, z, half size, height; metres
    vec4 floorMiddle;       // x, z around which the floor fades
    vec4 floorShade;        // opacity of shadow, of contact; light pool; metres a top depth of 1 is
    vec4 shadowFilter;      // metres a texel; texture units: of blur on the body, of a metre
    vec4 rayForward;        // direction of the middle of the picture; its right and upper edge
    vec4 rayRight;
    vec4 rayUp;
    vec4 viewport;          // pixels
};

// Point of an even spread over the unit disk (Vogel 1979).
vec2 vogelDisk(int index, float count, float turn) {
    float radius = sqrt((float(index) + 0.5) / count);
    float angle = float(index) * 2.39996323 + turn;
    return radius * vec2(cos(angle), sin(angle));
}
