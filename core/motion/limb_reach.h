// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/motion/forward_kinematics.h"
#include "core/motion/skeleton.h"

#include <Eigen/Core>
#include <span>

namespace gesture::motion {

/// Joints of an arm or a leg.
struct Limb {
    int root = 0;   ///< Shoulder or hip.
    int middle = 0; ///< Elbow or knee.
    int end = 0;    ///< Wrist or ankle.
    /// Where the end goes in the T-pose when the middle joint bends.
    Eigen::Vector3f flexion = Eigen::Vector3f::Zero();
};

/// The limb that ends with a wrist or an ankle; other joints are a broken invariant.
[[nodiscard]] Limb limbOf(int end);

/// What the hand or the foot does while its limb moves.
enum class LimbEnd {
    GoesAlong,    ///< Its rotation relative to the limb stays.
    KeepsHeading, ///< Its orientation in the world stays: a sole stays flat.
};

/// Moves the end of a limb of a posed skeleton to `target` (metres, world) by two-bone inverse
/// kinematics on top of the pose: elbow or knee stay on the side they are, twists stay. Targets out
/// of reach are approached. Changes `parentFromJoint` and `pose` (whose fingers or toes go along).
/// `restJoints` is (55, 3) metres in the T-pose.
void reachWithLimb(const Limb& limb, const Eigen::Vector3f& target, LimbEnd end,
                   std::span<const float, kPoseSize> restJoints, JointRotations& parentFromJoint,
                   SkeletonPose& pose);

} // namespace gesture::motion
