// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

namespace gesture::motion {

/// An arm at one moment, as if it were the left one: x out of the body, y up, z forward.
struct ArmPose {
    Eigen::Vector3f wrist;    ///< From the shoulder, in lengths of the arm.
    Eigen::Vector3f palm;     ///< Where the palm faces; any length.
    float handSide = 0.0F;    ///< Degrees the hand tilts to the side of the thumb.
    float fingersOpen = 0.0F; ///< 0 relaxed, 1 stretched and spread.

    [[nodiscard]] ArmPose operator+(const ArmPose& other) const {
        return {wrist + other.wrist, palm + other.palm, handSide + other.handSide,
                fingersOpen + other.fingersOpen};
    }
    [[nodiscard]] ArmPose operator-(const ArmPose& other) const { return *this + other * -1.0F; }
    [[nodiscard]] ArmPose operator*(float scale) const {
        return {wrist * scale, palm * scale, handSide * scale, fingersOpen * scale};
    }
};

/// Everything that the greeting does at one moment. Angles in degrees; pitch is forward, yaw to the
/// left, roll to the right.
struct GreetingMoment {
    ArmPose left;
    ArmPose right;
    Eigen::Vector3f head;   ///< Pitch, yaw, roll of the head against the chest.
    Eigen::Vector3f torso;  ///< Pitch, yaw, roll of the spine against the pelvis.
    Eigen::Vector3f pelvis; ///< Pitch, yaw, roll.
    Eigen::Vector2f shift;  ///< Metres that the pelvis is moved to the left and forward.
    float breath = 0.0F;    ///< -1 breathed out, 1 breathed in.
    float eyesDown = 0.0F;  ///< Degrees the eyes look below the direction of the face.
    float smile = 0.0F;     ///< These: 0 to 1.
    float brows = 0.0F;
    float blink = 0.0F;
};

inline constexpr float kGreetingSeconds = 6.4F;

/// The greeting at `seconds`; the same at 0 and at kGreetingSeconds.
[[nodiscard]] GreetingMoment greetingAt(float seconds);

} // namespace gesture::motion
