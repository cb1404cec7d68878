// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace gesture::motion {

/// Joints of SMPL-X in its own order; joint j of a pose is poses[3j, 3j+3).
inline constexpr int kJointCount = 55;
inline constexpr int kPoseSize = 3 * kJointCount;
inline constexpr int kExpressionCount = 100;

/// Joint indices that code refers to by name.
enum Joint : int {
    kPelvis = 0,
    kLeftAnkle = 7,
    kRightAnkle = 8,
    kLeftFoot = 10,
    kRightFoot = 11,
    kNeck = 12,
    kHead = 15,
    kLeftShoulder = 16,
    kRightShoulder = 17,
    kLeftElbow = 18,
    kRightElbow = 19,
    kLeftWrist = 20,
    kRightWrist = 21,
    kJaw = 22,
    kLeftEye = 23,
    kRightEye = 24,
    kFirstLeftHandJoint = 25,
    kFirstRightHandJoint = 40,
};

/// Body parts as the tokenizers split them; the eyes belong to none.
enum class BodyPart : std::uint8_t { Face, Upper, Hands, Lower };
inline constexpr int kBodyPartCount = 4;

/// Names ("left_eye_smplhf", …) and parents (-1 for the pelvis) of the 55 joints.
[[nodiscard]] std::span<const std::string_view, kJointCount> jointNames();
[[nodiscard]] std::span<const int, kJointCount> jointParents();
[[nodiscard]] std::optional<int> findJoint(std::string_view name);

/// Joints of a part in ascending order: 1 (jaw), 13, 30, 9.
[[nodiscard]] std::span<const int> jointsOf(BodyPart part);
/// Part of a joint; nothing for the eyes.
[[nodiscard]] std::optional<BodyPart> partOf(int joint);
[[nodiscard]] std::string_view nameOf(BodyPart part);

} // namespace gesture::motion
