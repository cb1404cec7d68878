// Where triangles are smaller than pixels, light is computed at the vertices.
in vec3 screenColour;

out vec4 fragment;

void main() { fragment = vec4(screenColour + ditherNoise(), 1.0); }
