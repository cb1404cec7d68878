// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/joint_limits.h"

#include <Eigen/Core>
#include <cmath>
#include <numbers>

namespace gesture::gestures {

namespace {

constexpr float kDegrees = 180.0F / std::numbers::pi_v<float>;
constexpr float kSlack = 2.0F; ///< Degrees that elbows and knees may overstretch.

Eigen::Vector3f rotationOf(std::span<const float, motion::kPoseSize> pose, int joint) {
    const auto first = 3 * static_cast<std::size_t>(joint);
    return kDegrees * Eigen::Vector3f(pose[first], pose[first + 1], pose[first + 2]);
}

/// How far a hinge is bent the wrong way, degrees; negative when it is not.
float overstretch(int joint, const Eigen::Vector3f& degrees) {
    switch (joint) {
    case motion::kLeftElbow:
        return degrees.y();
    case motion::kRightElbow:
        return -degrees.y();
    case 4:
    case 5: // knees
        return -degrees.x();
    default:
        return -180.0F;
    }
}

} // namespace

float jointLimit(int joint) {
    constexpr float kFinger = 110.0F;
    // pelvis, hips, spine 1, knees, spine 2, ankles, spine 3, feet, neck, collars, head, shoulders,
    // elbows, wrists, jaw, eyes
    constexpr std::array<float, motion::kFirstLeftHandJoint> kLimits = {
        20, 40, 40, 15,  50,  50,  15,  30,  30,  15, 10, 10, 25,
        30, 30, 25, 110, 110, 160, 160, 100, 100, 20, 30, 30};
    if (joint >= motion::kFirstLeftHandJoint) return kFinger;
    return kLimits[static_cast<std::size_t>(joint)];
}

std::optional<JointExcess> worstExcess(std::span<const float, motion::kPoseSize> pose) {
    std::optional<JointExcess> worst;
    const auto consider = [&](const JointExcess& excess) {
        const float over = excess.degrees - excess.limit;
        if (over > 0.0F && (!worst || over > worst->degrees - worst->limit)) worst = excess;
    };
    for (int joint = 0; joint < motion::kJointCount; ++joint) {
        const Eigen::Vector3f degrees = rotationOf(pose, joint);
        consider({joint, degrees.norm(), jointLimit(joint)});
        consider({joint, overstretch(joint, degrees) - kSlack, 0.0F});
    }
    return worst;
}

} // namespace gesture::gestures
