// The figures, drawn apart with several samples a pixel, over what is there.
uniform sampler2D figures;
uniform ivec2 origin;  // of the viewport in the framebuffer, pixels

out vec4 fragment;

void main() { fragment = texelFetch(figures, ivec2(gl_FragCoord.xy) - origin, 0); }
