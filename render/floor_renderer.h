// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/gl_objects.h"
#include "render/shadow_renderer.h"

namespace gesture::render {

/// What the figures stand before and on: a gradient, and a floor of fading grid lines with their
/// soft shadow and the shade under their feet; and the laying of the figures over it. Needs a
/// current context, the Frame block bound, and a GlStateGuard around it.
class FloorRenderer {
public:
    [[nodiscard]] static Result<FloorRenderer> create();

    /// Computes the light on the floor from the shadow maps, into a texture of its own.
    void drawLight(const ShadowRenderer& shadows, RenderQuality quality);
    /// Draws gradient and floor over the whole picture, which lies in the bound framebuffer. Every
    /// pixel is written once.
    void draw(const FrameUniforms& frame, const PixelRectangle& picture, bool showFloor) const;
    /// Blends the figures over the bound framebuffer; `place` is where their lower left corner
    /// goes.
    void layOver(const MultisampleSurface& figures, const PixelRectangle& place) const;

private:
    FloorRenderer() = default;
    void resizeLight(int size);

    GlProgram backgroundProgram_;
    GlProgram floorProgram_;
    GlProgram compositeProgram_;
    std::array<GlProgram, 2> lightPrograms_; ///< by RenderQuality
    GlVertexArray noVertices_;
    GlProgram smoothProgram_;
    int lightSize_ = 0;
    std::array<GlTexture, 2> lights_; ///< as sampled, smoothed
    std::array<GlFramebuffer, 2> lightFramebuffers_;
};

} // namespace gesture::render
