// Blend shapes, then linear blend skinning with eight influences: one vertex of the undivided mesh.
layout(location = 0) in vec3 restPosition;
layout(location = 1) in uvec4 firstJoints;
layout(location = 2) in uvec4 lastJoints;
layout(location = 3) in vec4 firstWeights;
layout(location = 4) in vec4 lastWeights;
layout(location = 5) in uint blendBegin;
layout(location = 6) in uint blendEnd;

uniform usamplerBuffer blendEntries;  // shape, then three floats as bits
uniform samplerBuffer blendWeights;
uniform samplerBuffer worldFromRest;  // three rows a joint
uniform samplerBuffer jointColours;   // linear RGB, share
uniform bool colourJoints;

out vec4 skinnedPosition;
out vec4 jointColour;

vec4 rowX = vec4(0.0);
vec4 rowY = vec4(0.0);
vec4 rowZ = vec4(0.0);
vec4 colour = vec4(0.0);

void addJoint(uint joint, float weight) {
    int row = 3 * int(joint);
    rowX += weight * texelFetch(worldFromRest, row);
    rowY += weight * texelFetch(worldFromRest, row + 1);
    rowZ += weight * texelFetch(worldFromRest, row + 2);
    if (colourJoints) {
        vec4 texel = texelFetch(jointColours, int(joint));
        colour += weight * vec4(texel.rgb * texel.a, texel.a);
    }
}

void main() {
    vec3 position = restPosition;
    for (uint i = blendBegin; i < blendEnd; ++i) {
        uvec4 entry = texelFetch(blendEntries, int(i));
        position += texelFetch(blendWeights, int(entry.x)).r * uintBitsToFloat(entry.yzw);
    }
    addJoint(firstJoints.x, firstWeights.x);
    if (firstWeights.y > 0.0) {
        addJoint(firstJoints.y, firstWeights.y);
        addJoint(firstJoints.z, firstWeights.z);
        addJoint(firstJoints.w, firstWeights.w);
    }
    if (lastWeights.x > 0.0) {
        addJoint(lastJoints.x, lastWeights.x);
        addJoint(lastJoints.y, lastWeights.y);
        addJoint(lastJoints.z, lastWeights.z);
        addJoint(lastJoints.w, lastWeights.w);
    }
    vec4 rest = vec4(position, 1.0);
    skinnedPosition = vec4(dot(rowX, rest), dot(rowY, rest), dot(rowZ, rest), 1.0);
    jointColour = vec4(colour.a > 0.0 ? colour.rgb / colour.a : vec3(0.0), colour.a);
    gl_Position = skinnedPosition;
}
