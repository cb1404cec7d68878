// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/gl_objects.h"
#include "render/shadow_renderer.h"

namespace gesture::render {

/// The picture behind the figures: a gradient, and a floor of fading grid lines with the figures'
/// soft shadow and the shade under their feet. Needs a current context and a GlStateGuard.
class FloorRenderer {
public:
    [[nodiscard]] static Result<FloorRenderer> create();

    /// Computes the light on the floor from the shadow maps, into a texture of its own.
    void drawLight(const ShadowRenderer& shadows, const QualitySettings& quality);
    /// Draws gradient and floor into the bound target, whose viewport starts at (x, y).
    void draw(int x, int y, bool showFloor) const;

private:
    FloorRenderer() = default;
    void resizeLight(int size);

    GlProgram backgroundProgram_;
    GlProgram lightProgram_;
    GlProgram floorProgram_;
    GlVertexArray noVertices_;
    int lightSize_ = 0;
    GlTexture light_;
    GlFramebuffer lightFramebuffer_;
};

} // namespace gesture::render
