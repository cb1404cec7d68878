in vec3 worldPosition;
in vec3 worldNormal;
in vec3 albedo;
in float occlusion;
flat in vec4 material;  // specular, roughness, subsurface, sheen

uniform vec2 glass;     // opacity facing the viewer, opacity at the outline

out vec4 fragment;

void main() {
    vec3 toEye = normalize(eye.xyz - worldPosition);
    vec3 normal = normalize(worldNormal);
    if (!gl_FrontFacing) normal = -normal;
    float facingEye = max(dot(normal, toEye), 0.0);
    float grazing = 1.0 - facingEye;
    float fresnel = grazing * grazing * grazing * grazing;

    float facingKey = dot(normal, keyDirection.xyz);
    float key = keyVisibility(worldPosition, normal, facingKey);
    vec3 keyThrough = mix(vec3(key), sqrt(vec3(key)), material.z * vec3(0.75, 0.2, 0.1));
    vec3 diffuse = keyColour.rgb * keyThrough * wrappedDiffuse(facingKey, material.z);
    diffuse += fillColour.rgb * occlusion *
               wrappedDiffuse(dot(normal, fillDirection.xyz), 0.5 + 0.5 * material.z);

    // Less sky reaches what lies close above the floor and faces down.
    float height = clamp((worldPosition.y - floorRegion.w) * 2.2, 0.0, 1.0);
    float ambientShare = occlusion * mix(0.55 + 0.25 * normal.y, 1.0, height);
    vec3 ambient = mix(floorAmbient.rgb, skyAmbient.rgb, 0.5 + 0.5 * normal.y) * ambientShare;
    // Light between close surfaces takes on their colour.
    vec3 bounce = mix(albedo, vec3(1.0), clamp(ambientShare + 0.25, 0.0, 1.0));
    vec3 light = albedo * (diffuse + ambient * bounce);

    float rim = clamp(dot(normal, rimDirection.xyz) + 0.15, 0.0, 1.0) * grazing * grazing;
    light += rimColour.rgb * rim * occlusion * (0.35 * albedo + 0.10);
    light += skyAmbient.rgb * fresnel * material.w * occlusion * (0.5 + 0.5 * normal.y);

    float facingClamped = clamp(4.0 * facingKey, 0.0, 1.0);
    float strength = material.x * (1.0 + 4.0 * fresnel) * occlusion;
    light += strength * keyColour.rgb * key * facingClamped *
             highlight(normal, toEye, keyDirection.xyz, material.y);

    float opacity = mix(glass.x, glass.y, grazing * grazing);
    vec3 screen = srgbFromLinear(toneMapped(light)) + ditherNoise();
    fragment = vec4(screen * opacity, opacity);
}
