// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/avatar_file.h"
#include "core/motion/body_model.h"
#include "render/avatar_mesh.h"

namespace gesture::app {

/// Where the blend shapes (expressions and pose correctives) of a body are computed.
enum class BlendPlace {
    Gpu, ///< In the mesh, as sparse entries.
    Cpu, ///< Too many non-zero entries for the GPU's buffers: whole vertices come with each pose.
};

/// Chooses by the number of non-zero entries: SMPL-X's own 586 dense directions are 98 MB.
[[nodiscard]] BlendPlace blendPlaceFor(const motion::BodyModelData& body);

/// The renderer's mesh of an avatar in its rest pose with one body shape applied. Blend shapes are
/// the expression directions followed by the pose directions; none with BlendPlace::Cpu.
[[nodiscard]] render::AvatarMesh makeAvatarMesh(const io::Avatar& avatar,
                                                const motion::ShapedBody& body, BlendPlace place);

} // namespace gesture::app
