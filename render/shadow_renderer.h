// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/frame_uniforms.h"
#include "render/gpu_mesh.h"
#include "render/surfaces.h"

#include <span>

namespace gesture::render {

/// Depth of all figures as the key light sees them, and as seen from above for the shade under the
/// feet. Needs a current context and a GlStateGuard around it.
class ShadowRenderer {
public:
    [[nodiscard]] static Result<ShadowRenderer> create();

    /// Draws both maps. `figures` were written by the Deformer.
    void draw(const FrameSetup& setup, const QualitySettings& quality, const GpuMesh& mesh,
              std::span<const DeformedMesh> figures);

    /// Depth of the surface alone into whatever is bound, seen through `clipFromWorld`.
    void drawDepth(const Eigen::Matrix4f& clipFromWorld, const GpuMesh& mesh,
                   const DeformedMesh& figure) const;

    /// The same for the faces of `figure.lowJoints` alone.
    void drawLowFaces(const Eigen::Matrix4f& clipFromWorld, const GpuMesh& mesh,
                      const DeformedMesh& figure) const;

    /// Binds the key light's map to a unit, compared with linear filtering or as plain values.
    void bindKeyCompared(unsigned unit) const;
    void bindKeyDepth(unsigned unit) const;
    void bindTopDepth(unsigned unit) const;

private:
    ShadowRenderer() = default;

    GlProgram program_;
    DepthMap keyMap_;
    DepthMap topMap_;
    GlSampler compared_;
    GlSampler plain_;
};

} // namespace gesture::render
