// The shadow on the floor, laid over it.
in vec2 place;
in vec3 ray;

uniform sampler2D floorLight;

out vec4 fragment;

void main() {
    float along = (floorRegion.w - eye.y) / min(ray.y, -1e-4);
    vec2 position = eye.xz + along * ray.xz;
    vec2 light = texture(floorLight, 0.5 + 0.5 * (position - floorRegion.xy) / floorRegion.z).rg;
    float shade = 1.0 - (1.0 - floorShade.x * (1.0 - light.r)) *
                        (1.0 - floorShade.y * (1.0 - light.g));
    fragment = vec4(vec3(shade * ditherNoise()), shade);
}
