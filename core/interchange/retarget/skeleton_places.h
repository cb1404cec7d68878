// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interchange/scene.h"

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <vector>

namespace gesture::interchange {

/// Where the joints of a scene are in the world, metres. Joints without scale (`restScale` is left
/// out of account).
struct SkeletonPlaces {
    std::vector<Eigen::Quaterniond> rotations; ///< worldFromJoint.
    std::vector<Eigen::Vector3d> positions;
    std::vector<Eigen::Vector3f> inParent; ///< Working memory of `placesAt`.
};

[[nodiscard]] SkeletonPlaces restPlaces(const std::vector<SceneJoint>& joints);

/// A frame of an animation (its sizes must fit: `checkScene`); `out` is used again.
void placesAt(const Scene& scene, const SceneAnimation& animation, std::int64_t frame,
              SkeletonPlaces& out);

} // namespace gesture::interchange
