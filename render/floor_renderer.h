// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/gl_objects.h"
#include "render/render_target.h"
#include "render/shadow_renderer.h"

namespace gesture::render {

/// What the figures stand before and on: a gradient, and a floor of fading grid lines with their
/// soft shadow and the shade under their feet; and the laying of the figures over it. Needs a
/// current context, the Frame block bound, and a GlStateGuard around it.
class FloorRenderer {
public:
    [[nodiscard]] static Result<FloorRenderer> create();

    /// Computes the light on the floor from the shadow maps, into a texture of its own.
    void drawLight(const FrameSetup& setup, const ShadowRenderer& shadows, RenderQuality quality);
    /// Draws gradient and floor into `part` of the picture. Without their shadow they are kept from
    /// picture to picture while the camera stands still. OutOfMemory when the device is full.
    [[nodiscard]] Status draw(const FrameSetup& setup, const RenderTarget& target,
                              const SceneStyle& style, const PixelRectangle& part);
    /// True when the last picture differs from one of this frame at most in its figures and shade.
    [[nodiscard]] bool showsStill(const FrameUniforms& frame) const;
    /// Where in a picture of this size the figures' shadow and shade can lie.
    [[nodiscard]] static PixelRectangle shadedPart(const FrameSetup& setup, int width, int height);
    /// Blends the figures over the bound framebuffer; `place` is where their lower left corner
    /// goes.
    void layOver(const MultisampleSurface& figures, const PixelRectangle& place) const;

private:
    FloorRenderer() = default;
    void resizeLight(int size);
    void drawStill(const FrameUniforms& frame, const PixelRectangle& picture, bool showFloor) const;
    [[nodiscard]] Status copyStill(const FrameUniforms& frame, const RenderTarget& target,
                                   bool showFloor, const PixelRectangle& part);
    void drawShade(const FrameSetup& setup, const PixelRectangle& picture) const;

    GlProgram backgroundProgram_;
    GlProgram floorProgram_;
    GlProgram compositeProgram_;
    std::array<GlProgram, 2> lightPrograms_; ///< by RenderQuality
    GlVertexArray noVertices_;
    GlProgram smoothProgram_;
    GlProgram shadeProgram_;
    PictureSurface still_;
    FrameUniforms stillFrame_; ///< what `still_` shows; all zero: nothing
    int lightSize_ = 0;
    std::array<GlTexture, 2> lights_; ///< as sampled, smoothed
    std::array<GlFramebuffer, 2> lightFramebuffers_;
};

} // namespace gesture::render
