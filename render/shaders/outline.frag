uniform vec3 outlineColour;  // sRGB

out vec4 fragment;

void main() { fragment = vec4(outlineColour, 1.0); }
