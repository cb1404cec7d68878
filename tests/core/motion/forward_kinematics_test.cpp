// SPDX-License-Identifier: Apache-2.0
#include "core/motion/forward_kinematics.h"

#include "tests/support/counter_random.h"

#include <gtest/gtest.h>

#include <numbers>

namespace gesture::motion {
namespace {

constexpr float kTolerance = 2e-6F;

std::array<float, kPoseSize> randomNumbers(std::uint64_t stream, float scale) {
    std::array<float, kPoseSize> values{};
    for (std::size_t i = 0; i < kPoseSize; ++i) {
        values[i] = scale * test::counterUniform(stream, i);
    }
    return values;
}

TEST(ForwardKinematics, ZeroPoseIsTheRestPose) {
    const auto rest = randomNumbers(1, 1.0F);
    const SkeletonPose pose =
        forwardKinematics(localRotations(std::array<float, kPoseSize>{}), rest, {1.0F, 2.0F, 3.0F});
    for (std::size_t j = 0; j < kJointCount; ++j) {
        const Eigen::Vector3f wanted(rest[3 * j] + 1.0F, rest[3 * j + 1] + 2.0F,
                                     rest[3 * j + 2] + 3.0F);
        EXPECT_LE((pose.positions[j] - wanted).norm(), kTolerance);
        EXPECT_TRUE(pose.worldFromJoint[j].isIdentity(kTolerance));
    }
}

TEST(ForwardKinematics, BonesKeepTheirLength) {
    const auto rest = randomNumbers(2, 0.5F);
    const SkeletonPose pose =
        forwardKinematics(localRotations(randomNumbers(3, 2.0F)), rest, Eigen::Vector3f::Zero());
    for (std::size_t j = 1; j < kJointCount; ++j) {
        const auto p = static_cast<std::size_t>(jointParents()[j]);
        const Eigen::Vector3f bone(rest[3 * j] - rest[3 * p], rest[3 * j + 1] - rest[3 * p + 1],
                                   rest[3 * j + 2] - rest[3 * p + 2]);
        EXPECT_NEAR((pose.positions[j] - pose.positions[p]).norm(), bone.norm(), kTolerance) << j;
    }
}

TEST(ForwardKinematics, TurningTheShoulderCarriesTheArmAndLeavesTheRest) {
    const auto rest = randomNumbers(4, 0.5F);
    std::array<float, kPoseSize> turn{};
    turn[3 * kLeftShoulder + 2] = std::numbers::pi_v<float> / 2;
    const SkeletonPose pose =
        forwardKinematics(localRotations(turn), rest, Eigen::Vector3f::Zero());
    const std::size_t s = kLeftShoulder;
    const std::size_t e = kLeftElbow;
    const Eigen::Vector3f upperArm = pose.positions[e] - pose.positions[s];
    EXPECT_NEAR(upperArm.x(), -(rest[3 * e + 1] - rest[3 * s + 1]), kTolerance);
    EXPECT_NEAR(upperArm.y(), rest[3 * e] - rest[3 * s], kTolerance);
    EXPECT_NEAR(upperArm.z(), rest[3 * e + 2] - rest[3 * s + 2], kTolerance);
    EXPECT_NEAR(pose.positions[kRightWrist].x(), rest[3 * kRightWrist], kTolerance);
    EXPECT_TRUE(pose.worldFromJoint[kLeftWrist].isApprox(pose.worldFromJoint[kLeftShoulder]));
}

} // namespace
} // namespace gesture::motion
