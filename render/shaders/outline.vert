// The surface grown along its normals by a number of pixels, whatever its distance.
layout(location = 0) in uint sourceVertex;

uniform samplerBuffer skinnedPositions;
uniform samplerBuffer skinnedNormals;
uniform float outlinePixels;

void main() {
    int source = int(sourceVertex);
    gl_Position = clipFromWorld * vec4(texelFetch(skinnedPositions, source).xyz, 1.0);
    vec4 normal = clipFromWorld * vec4(texelFetch(skinnedNormals, source).xyz, 0.0);
    vec2 away = normal.xy * viewport.xy;
    float reach = length(away);
    if (reach > 0.0)
        gl_Position.xy += away / reach * 2.0 * outlinePixels / viewport.xy * gl_Position.w;
}
