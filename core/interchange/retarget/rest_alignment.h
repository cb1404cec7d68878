// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/interchange/retarget/bone_map.h"
#include "core/interchange/retarget/skeleton_places.h"
#include "core/motion/skeleton.h"

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <array>
#include <span>

namespace gesture::interchange {

/// T-pose joints of SMPL-X, (55, 3) metres.
using RestJoints = std::span<const float, motion::kPoseSize>;

/// How a foreign rest pose differs from SMPL-X's T-pose: where the world delta of a joint is W, the
/// mapped bone is oriented W * turns[joint] * (its rest orientation).
struct RestAlignment {
    /// Per joint of SMPL-X, in the world that faces +z: turns the foreign limb of the rest pose to
    /// where it is in the T-pose. Identity for the trunk and for joints without a bone; feet keep
    /// their tilt to the ground and are turned about the vertical alone.
    std::array<Eigen::Quaterniond, motion::kJointCount> turns;
};

/// How a person that stands in a pose has to be turned to stand upright along y and look along +z.
struct Facing {
    Eigen::Quaterniond turn = Eigen::Quaterniond::Identity();
    /// Whether the turn is one of a cube, as between worlds with other axes.
    bool wholeTurns = true;
};

/// Turns of a cube are preferred where the person looks along an axis within 20 degrees.
/// InvalidInput when nobody stands there: legs do not point away from the trunk.
[[nodiscard]] Result<Facing> findFacing(const SkeletonPlaces& pose, const BoneMap& map);

/// The map must have passed `checkBoneMap`; `pose` is the rest pose, which faces +z.
[[nodiscard]] RestAlignment alignRest(const SkeletonPlaces& pose, const BoneMap& map,
                                      RestJoints rest);

/// Where a joint of SMPL-X is in the T-pose.
[[nodiscard]] Eigen::Vector3d restAt(RestJoints rest, int joint);

} // namespace gesture::interchange
