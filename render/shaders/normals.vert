// Smooth normal of one vertex of the undivided mesh: the area-weighted sum over its triangles.
layout(location = 0) in uint cornerBegin;
layout(location = 1) in uint cornerEnd;

uniform usamplerBuffer corners;        // the two other vertices of each adjacent triangle, in turn
uniform samplerBuffer skinnedPositions;

out vec4 skinnedNormal;

void main() {
    vec3 here = texelFetch(skinnedPositions, gl_VertexID).xyz;
    vec3 sum = vec3(0.0);
    for (uint i = cornerBegin; i < cornerEnd; ++i) {
        uvec2 others = texelFetch(corners, int(i)).xy;
        vec3 first = texelFetch(skinnedPositions, int(others.x)).xyz - here;
        vec3 second = texelFetch(skinnedPositions, int(others.y)).xyz - here;
        sum += cross(first, second);
    }
    float size = length(sum);
    skinnedNormal = vec4(size > 1e-20 ? sum / size : vec3(0.0, 1.0, 0.0), 0.0);
    gl_Position = vec4(0.0, 0.0, 0.0, 1.0);
}
