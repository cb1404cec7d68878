// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/gl_objects.h"
#include "render/gpu_mesh.h"
#include "render/scene_style.h"
#include "render/shadow_renderer.h"

namespace gesture::render {

/// Draws the surface of posed meshes: lit, as glass, or as wire. Needs a current context, the Frame
/// block bound, and a GlStateGuard around it.
class AvatarRenderer {
public:
    [[nodiscard]] static Result<AvatarRenderer> create();

    /// How one figure is coloured.
    struct Look {
        std::array<float, 4> tint{}; ///< linear RGB, share
        Rgb wireColour{};            ///< sRGB
        RenderQuality quality = RenderQuality::High;
        float pixelsPerMetre = 0.0F; ///< at the figure
    };

    void drawSolid(const GpuMesh& mesh, const DeformedMesh& figure, const Look& look,
                   const ShadowRenderer& shadows) const;
    /// Blends the nearest surface over what is there, clearer where it faces the viewer.
    void drawGlass(const GpuMesh& mesh, const DeformedMesh& figure, const Look& look,
                   const ShadowRenderer& shadows, const Eigen::Matrix4f& clipFromWorld) const;
    void drawWire(const GpuMesh& mesh, const DeformedMesh& figure, const Look& look,
                  const ShadowRenderer& shadows, const Eigen::Matrix4f& clipFromWorld) const;

    /// How a contour looks.
    struct Outline {
        Rgb colour{};        ///< sRGB
        float pixels = 1.2F; ///< thickness
    };
    /// The contour alone, where nothing that was drawn before lies nearer. Draw outlines last:
    /// they leave the depth of their surface behind.
    void drawOutline(const GpuMesh& mesh, const DeformedMesh& figure, const Outline& outline,
                     const ShadowRenderer& shadows, const Eigen::Matrix4f& clipFromWorld) const;

private:
    AvatarRenderer() = default;
    enum class Faces { All, Coarse, Fine };
    void prepare(const GlProgram& program, const GpuMesh& mesh, const DeformedMesh& figure,
                 const Look& look, const ShadowRenderer& shadows) const;
    static void drawFaces(const GpuMesh& mesh, const Look& look, Faces faces);
    [[nodiscard]] const GlProgram& solidProgram(const Look& look) const {
        return solidPrograms_[static_cast<std::size_t>(look.quality)];
    }

    std::array<GlProgram, 2> solidPrograms_; ///< by RenderQuality
    GlProgram litProgram_;                   ///< light at the vertices
    GlProgram wireProgram_;
    GlProgram outlineProgram_;
};

} // namespace gesture::render
