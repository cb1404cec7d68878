// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/gestures/arm_control.h"

#include <Eigen/Core>
#include <span>
#include <vector>

namespace gesture::gestures {

/// Bones of the left arm in the T-pose, metres.
struct ArmBones {
    Eigen::Vector3f upper; ///< Shoulder to elbow.
    Eigen::Vector3f fore;  ///< Elbow to wrist.

    [[nodiscard]] float length() const { return upper.norm() + fore.norm(); }
};

/// Those of the average skeleton.
[[nodiscard]] ArmBones averageArm();

/// Rotation vectors of the left arm, radians, relative to the parents. The right arm's have y and z
/// negated.
struct ArmPose {
    Eigen::Vector3f collar;
    Eigen::Vector3f shoulder;
    Eigen::Vector3f elbow;
    Eigen::Vector3f wrist;
};

/// How far the forearm turns about itself, degrees from the palm facing inwards: negative turns the
/// palm up, positive down.
struct TwistRange {
    double low = -110.0;
    double high = 160.0;
};

/// Poses of an arm, frame by frame at 30 a second. Two bones reach the wrist's target (clamped to
/// what the arm reaches) with the elbow low and outwards; the forearm turns until the palm faces
/// where it should, continuously over time, 45 % of it at the elbow and 55 % at the wrist; the
/// collar bone follows raised and stretched arms. `shrug` lifts the collar bones further, degrees;
/// empty, or one a frame.
[[nodiscard]] std::vector<ArmPose> solveArm(std::span<const ArmVector> controls,
                                            const ArmBones& bones, std::span<const double> shrug,
                                            TwistRange twist = {});

} // namespace gesture::gestures
