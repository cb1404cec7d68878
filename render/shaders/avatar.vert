// One vertex of the mesh as drawn: split where parts meet, so that colours do not run.
layout(location = 0) in uint sourceVertex;
layout(location = 1) in uint part;
layout(location = 2) in vec4 tint;       // linear, share
layout(location = 3) in float openness;  // 1: nothing near, 0: enclosed

uniform samplerBuffer skinnedPositions;
uniform samplerBuffer skinnedNormals;
uniform samplerBuffer jointColours;      // per vertex, by the skin weights
uniform bool colourJoints;
uniform vec4 figureTint;                 // linear, share

layout(std140) uniform Parts {
    vec4 partColour[256];    // linear; w: least openness
    vec4 partMaterial[256];  // specular, roughness, subsurface, sheen
};

#ifdef LIT_AT_VERTICES
out vec3 screenColour;
vec3 worldPosition;
vec3 worldNormal;
vec3 albedo;
float occlusion;
vec4 material;
#else
out vec3 worldPosition;
out vec3 worldNormal;
out vec3 albedo;
out float occlusion;
flat out vec4 material;
#endif

void main() {
    int source = int(sourceVertex);
    worldPosition = texelFetch(skinnedPositions, source).xyz;
    worldNormal = texelFetch(skinnedNormals, source).xyz;
    vec4 base = partColour[part];
    vec3 colour = mix(base.rgb, tint.rgb, tint.a);
    colour = mix(colour, figureTint.rgb, figureTint.a);
    if (colourJoints) {
        vec4 heat = texelFetch(jointColours, source);
        colour = mix(colour, heat.rgb, heat.a);
    }
    albedo = colour;
    occlusion = max(openness, base.w);
    material = partMaterial[part];
    gl_Position = clipFromWorld * vec4(worldPosition, 1.0);
#ifdef LIT_AT_VERTICES
    vec3 toEye = normalize(eye.xyz - worldPosition);
    screenColour = surfaceColour(worldPosition, worldNormal, toEye, albedo, occlusion, material);
#endif
}
