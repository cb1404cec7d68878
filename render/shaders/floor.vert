out vec3 worldPosition;
void main() {
    const vec2 corners[4] = vec2[4](vec2(-1.0, -1.0), vec2(1.0, -1.0), vec2(-1.0, 1.0),
                                    vec2(1.0, 1.0));
    vec2 place = floorRegion.xy + 9.0 * corners[gl_VertexID];
    worldPosition = vec3(place.x, floorRegion.w, place.y);
    gl_Position = clipFromWorld * vec4(worldPosition, 1.0);
}
