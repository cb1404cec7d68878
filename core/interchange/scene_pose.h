// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interchange/scene.h"

#include <Eigen/Geometry>
#include <cstdint>
#include <vector>

namespace gesture::interchange {

// Where the joints of a scene are. The scene is one that `checkScene` accepts; any thread.

/// World from joint, rest scale included, for each joint.
using JointFrames = std::vector<Eigen::Affine3f>;

[[nodiscard]] JointFrames worldFromRestJoints(const Scene& scene);

/// The same in a frame of a motion, 0 <= frame < animation.frames.
[[nodiscard]] JointFrames worldFromJoints(const Scene& scene, const SceneAnimation& animation,
                                          std::int64_t frame);

/// Vertices of a mesh in a frame, (V) metres: shapes by name, then linear blend skinning. For
/// checks and pictures; not fast.
[[nodiscard]] std::vector<Eigen::Vector3f> posedVertices(const Scene& scene, const SceneMesh& mesh,
                                                         const SceneAnimation& animation,
                                                         std::int64_t frame);

} // namespace gesture::interchange
