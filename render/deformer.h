// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/gl_objects.h"
#include "render/gpu_mesh.h"

#include <array>
#include <vector>

namespace gesture::render {

/// Poses meshes on the GPU by transform feedback, in two passes over the undivided mesh: blend
/// shapes and skinning, then smooth normals of the result, so that every deformation is shaded
/// right. Needs a current context and a GlStateGuard around it.
class Deformer {
public:
    [[nodiscard]] static Result<Deformer> create();

    /// Writes `target` from a pose that passed checkPose. `jointColours`: linear RGB and share per
    /// joint, or empty.
    void run(const GpuMesh& mesh, const AvatarPose& pose, int shapeCount,
             const std::vector<std::array<float, 4>>& jointColours, DeformedMesh& target) const;

private:
    Deformer() = default;
    void skin(const GpuMesh& mesh, DeformedMesh& target) const;
    void computeNormals(const GpuMesh& mesh, DeformedMesh& target) const;

    GlProgram skinProgram_;
    GlProgram normalProgram_;
    TextureBuffer transforms_;
    TextureBuffer blendWeights_;
    TextureBuffer jointColours_;
    /// Nothing is drawn to it, but OpenGL refuses every draw while the bound framebuffer is
    /// incomplete, as the default one of a context without a surface is.
    GlFramebuffer completeFramebuffer_;
    GlRenderbuffer onePixel_;
};

} // namespace gesture::render
