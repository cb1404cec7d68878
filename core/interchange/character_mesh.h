// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interchange/scene.h"
#include "core/io/avatar_file.h"
#include "core/motion/body_model.h"

#include <string>
#include <vector>

namespace gesture::interchange {

/// What `addCharacterMesh` makes of an avatar.
struct CharacterMeshOptions {
    bool morphs = true;
    int firstJoint = 0; ///< Scene joint of the pelvis; the other 54 follow.
    float lift = 0.0F;  ///< Metres added to the height of every vertex.
};

/// Names of the avatar's expressions as shapes: its own, or "Exp000", … for SMPL-X.
[[nodiscard]] std::vector<std::string> expressionShapeNames(const io::Avatar& avatar);

/// Adds the avatar's mesh in the rest pose of `body` (shape baked in), its materials and its
/// expressions as shapes. Vertices that no triangle uses are left out; vertices on seams of the
/// texture are doubled. Pose correctives are not in it.
void addCharacterMesh(Scene& scene, const io::Avatar& avatar, const motion::ShapedBody& body,
                      const CharacterMeshOptions& options);

} // namespace gesture::interchange
