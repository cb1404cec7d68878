// Depth alone: shadow maps, and the body before it is drawn as glass.
layout(location = 0) in vec4 worldPosition;
uniform mat4 clipFromWorldDepth;
void main() { gl_Position = clipFromWorldDepth * vec4(worldPosition.xyz, 1.0); }
