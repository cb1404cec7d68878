// Colour of the figure's surface on the screen, sRGB. `material`: specular, roughness, subsurface,
// sheen.
vec3 surfaceColour(vec3 position, vec3 normal, vec3 toEye, vec3 albedo, float occlusion,
                   vec4 material) {
    float grazing = 1.0 - max(dot(normal, toEye), 0.0);
    float fresnel = grazing * grazing * grazing * grazing;

    float facingKey = dot(normal, keyDirection.xyz);
    float key = keyVisibility(position, normal, facingKey);
    vec3 keyThrough = mix(vec3(key), vec3(sqrt(key)), material.z * vec3(0.32, 0.12, 0.06));
    vec3 diffuse = keyColour.rgb * keyThrough * wrappedDiffuse(facingKey, material.z);
    float facingFill = clamp(0.85 * dot(normal, fillDirection.xyz) + 0.15, 0.0, 1.0);
    diffuse += fillColour.rgb * (occlusion * facingFill);

    // Less sky reaches what lies close above the floor and faces down.
    float height = clamp((position.y - floorRegion.w) * 2.2, 0.0, 1.0);
    float ambientShare = occlusion * mix(0.55 + 0.25 * normal.y, 1.0, height);
    vec3 ambient = mix(floorAmbient.rgb, skyAmbient.rgb, 0.5 + 0.5 * normal.y) * ambientShare;
    // Light between close surfaces, and inside skin, takes on their colour.
    vec3 bounce = mix(albedo, vec3(1.0), clamp(ambientShare + 0.25 - 0.3 * material.z, 0.0, 1.0));
    vec3 light = albedo * (diffuse + ambient * bounce);

    float rim = clamp(dot(normal, rimDirection.xyz) + 0.15, 0.0, 1.0) * grazing * grazing;
    light += rimColour.rgb * rim * occlusion * (0.35 * albedo + 0.10);
    light += skyAmbient.rgb * fresnel * material.w * occlusion * (0.5 + 0.5 * normal.y);

    float facingClamped = clamp(4.0 * facingKey, 0.0, 1.0);
    float strength = material.x * (1.0 + 4.0 * fresnel) * occlusion;
    light += strength * keyColour.rgb * key * facingClamped *
             highlight(normal, toEye, keyDirection.xyz, material.y);
    // The wet front of an eye bulges; the sphere that stands for it would hide the light's image
    // under the lid. It is put a part of the way to the light instead.
    float wet = occlusion * (1.0 - smoothstep(0.12, 0.16, material.y));
    light += wet * 0.22 * keyColour.rgb * highlight(normal, toEye, 0.30 * keyDirection.xyz +
                                                    0.70 * toEye, material.y);
    return srgbFromLinear(toneMapped(light));
}
