// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

namespace gesture::motion {

/// An arm or a leg in the T-pose, metres, in the frame of the joint that carries it.
struct RestLimb {
    Eigen::Vector3f root;    ///< Shoulder or hip.
    Eigen::Vector3f middle;  ///< Elbow or knee.
    Eigen::Vector3f end;     ///< Wrist or ankle.
    Eigen::Vector3f flexion; ///< Where the end goes when the middle joint bends.
};

/// Rotations that put the end of a limb where it was asked to be.
struct LimbRotations {
    Eigen::Matrix3f root;   ///< Of the root joint, relative to its parent.
    Eigen::Matrix3f middle; ///< Of the middle joint, relative to the root joint.
};

/// Two-bone inverse kinematics: `end` is where the end should be, `pole` the direction to which the
/// middle joint points (neither zero nor along the limb). A target out of reach is approached as
/// far as the limb goes, one too near as far as it folds. No twist is added.
[[nodiscard]] LimbRotations solveLimb(const RestLimb& rest, const Eigen::Vector3f& end,
                                      const Eigen::Vector3f& pole);

} // namespace gesture::motion
