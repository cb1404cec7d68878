in vec3 worldPosition;
in vec3 worldNormal;
in vec3 albedo;

out vec4 fragment;

void main() {
    vec3 toEye = normalize(eye.xyz - worldPosition);
    vec3 normal = normalize(worldNormal);
    float grazing = 1.0 - max(dot(normal, toEye), 0.0);
    vec3 light = albedo * (keyColour.rgb * clamp(0.25 + 0.75 * dot(normal, keyDirection.xyz), 0.0, 1.0)
                           + fillColour.rgb * clamp(dot(normal, fillDirection.xyz), 0.0, 1.0)
                           + mix(floorAmbient.rgb, skyAmbient.rgb, 0.5 + 0.5 * normal.y));
    light += 0.05 * keyColour.rgb * highlight(normal, toEye, keyDirection.xyz, 0.2);
    light += rimColour.rgb * 0.25 * grazing * grazing * grazing;
    fragment = vec4(srgbFromLinear(toneMapped(light)) + ditherNoise(), 1.0);
}
