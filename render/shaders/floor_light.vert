out vec2 place;  // [-1, 1] over the floor's region
void main() {
    vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
    place = 2.0 * corner - 1.0;
    gl_Position = vec4(place, 0.0, 1.0);
}
