in vec2 place;
in vec3 ray;

out vec4 fragment;

void main() {
    vec4 colour = backdrop(place);
    fragment = colour + vec4(vec3(ditherNoise() * colour.a), 0.0);
}
