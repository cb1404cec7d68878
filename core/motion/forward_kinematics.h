// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/motion/skeleton.h"

#include <Eigen/Core>
#include <array>
#include <span>

namespace gesture::motion {

/// One 3x3 rotation per joint.
using JointRotations = std::array<Eigen::Matrix3f, kJointCount>;

/// Where the joints of a posed skeleton are.
struct SkeletonPose {
    JointRotations worldFromJoint;                      ///< Orientations; identity in the T-pose.
    std::array<Eigen::Vector3f, kJointCount> positions; ///< metres
};

/// Rotations relative to the parents from an axis-angle pose (55, 3), with `rodriguesMatrix`.
[[nodiscard]] JointRotations localRotations(std::span<const float, kPoseSize> axisAngles);

/// Chains the joints: `restJoints` is (55, 3) metres in the T-pose, `translation` is added to every
/// joint. No allocation, any thread.
[[nodiscard]] SkeletonPose forwardKinematics(const JointRotations& parentFromJoint,
                                             std::span<const float, kPoseSize> restJoints,
                                             const Eigen::Vector3f& translation);

} // namespace gesture::motion
