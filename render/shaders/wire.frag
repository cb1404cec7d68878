in vec3 worldPosition;
in vec3 worldNormal;
in vec3 albedo;
in float occlusion;
flat in vec4 material;

uniform vec3 wireColour;  // sRGB

out vec4 fragment;

void main() {
    vec3 toEye = normalize(eye.xyz - worldPosition);
    float facing = abs(dot(normalize(worldNormal), toEye));
    float opacity = mix(0.35, 0.85, facing);
    fragment = vec4(wireColour * opacity, opacity);
}
