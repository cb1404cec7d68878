// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/gestures/hand_shape.h"

#include <Eigen/Core>

namespace gesture::gestures {

/// What an arm should do at one moment, for the left arm; the right one mirrors it. Directions are
/// (outwards, up, forwards) in the frame of the upper spine. Value type.
struct ArmControl {
    Eigen::Vector3d wrist = Eigen::Vector3d::Zero(); ///< From the shoulder, in lengths of the arm.
    Eigen::Vector3d palm = Eigen::Vector3d::Zero();  ///< Where the palm faces; any length but 0.
    double flexion = 0.0;                            ///< Of the wrist towards the palm, degrees.
    HandShape hand;
    /// Degrees that the elbow is turned about the line from shoulder to wrist, from where it hangs
    /// by itself; positive lifts it outwards.
    double swivel = 0.0;
};

/// The numbers of an ArmControl, for movements from one to another.
inline constexpr int kArmControlSize = 15;
using ArmVector = Eigen::Matrix<double, kArmControlSize, 1>;

/// Places in an ArmVector.
inline constexpr int kWristPlace = 0;
inline constexpr int kPalmPlace = 3;
inline constexpr int kFlexionPlace = 6;
inline constexpr int kHandPlace = 7;
inline constexpr int kSwivelPlace = 14;

[[nodiscard]] inline ArmVector vectorOf(const ArmControl& arm) {
    ArmVector v;
    v << arm.wrist, arm.palm, arm.flexion, arm.hand.thumb, arm.hand.index, arm.hand.middle,
        arm.hand.ring, arm.hand.pinky, arm.hand.spread, arm.hand.opposition, arm.swivel;
    return v;
}

[[nodiscard]] inline ArmControl controlOf(const ArmVector& v) {
    return {v.segment<3>(kWristPlace), v.segment<3>(kPalmPlace), v[kFlexionPlace],
            HandShape{v[7], v[8], v[9], v[10], v[11], v[12], v[13]}, v[kSwivelPlace]};
}

} // namespace gesture::gestures
