in vec3 worldPosition;
in vec3 worldNormal;
in vec3 albedo;
in float occlusion;
flat in vec4 material;

uniform vec2 glass;  // opacity facing the viewer, opacity at the outline

out vec4 fragment;

void main() {
    vec3 toEye = normalize(eye.xyz - worldPosition);
    vec3 normal = normalize(worldNormal);
    if (!gl_FrontFacing) normal = -normal;
    vec3 colour = surfaceColour(worldPosition, normal, toEye, albedo, occlusion, material);
    float grazing = 1.0 - max(dot(normal, toEye), 0.0);
    float opacity = mix(glass.x, glass.y, grazing * grazing);
    fragment = vec4((colour + ditherNoise()) * opacity, opacity);
}
