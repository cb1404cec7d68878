// A tent over three texels each way.
in vec2 place;

uniform sampler2D light;

out vec2 fragment;

void main() {
    vec2 size = vec2(textureSize(light, 0));
    vec2 middle = 0.5 + 0.5 * place;
    vec2 halfTexel = 0.5 / size;
    fragment = 0.25 * (textureLod(light, middle + vec2(-halfTexel.x, -halfTexel.y), 0.0).rg +
                       textureLod(light, middle + vec2(halfTexel.x, -halfTexel.y), 0.0).rg +
                       textureLod(light, middle + vec2(-halfTexel.x, halfTexel.y), 0.0).rg +
                       textureLod(light, middle + vec2(halfTexel.x, halfTexel.y), 0.0).rg);
}
