// One triangle over the whole viewport; scissors cut it.
out vec2 place;  // [-1, 1] over the viewport
out vec3 ray;    // from the eye through the pixel, not of unit length
void main() {
    vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
    place = 2.0 * corner - 1.0;
    ray = rayForward.xyz + place.x * rayRight.xyz + place.y * rayUp.xyz;
    gl_Position = vec4(place, 1.0, 1.0);
}
