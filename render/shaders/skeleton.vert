// One bone or joint: a unit shape stretched between two points of an instance.
layout(location = 0) in vec3 shapePosition;  // along y from 0 to 1; x and z in radii
layout(location = 1) in vec3 shapeNormal;
layout(location = 2) in vec4 start;          // metres; w: radius
layout(location = 3) in vec4 end;            // metres; w: share of the joint colour

uniform vec3 boneColour;   // linear
uniform vec3 pointColour;  // linear

out vec3 worldPosition;
out vec3 worldNormal;
out vec3 albedo;

void main() {
    vec3 along = end.xyz - start.xyz;
    float size = length(along);
    vec3 up = size > 1e-6 ? along / size : vec3(0.0, 1.0, 0.0);
    vec3 helper = abs(up.z) < 0.9 ? vec3(0.0, 0.0, 1.0) : vec3(1.0, 0.0, 0.0);
    vec3 side = normalize(cross(up, helper));
    vec3 front = cross(side, up);
    float radius = start.w;
    worldPosition = start.xyz + along * shapePosition.y +
                    radius * (side * shapePosition.x + front * shapePosition.z);
    // Normals of stretched shapes turn by the inverse stretch.
    float lengthwise = shapeNormal.y * radius / max(size, 1e-6);
    worldNormal = normalize(side * shapeNormal.x + front * shapeNormal.z + up * lengthwise);
    albedo = mix(boneColour, pointColour, end.w);
    gl_Position = clipFromWorld * vec4(worldPosition, 1.0);
}
