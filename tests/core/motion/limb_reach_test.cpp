// SPDX-License-Identifier: Apache-2.0
#include "core/motion/limb_reach.h"

#include "core/motion/average_skeleton.h"
#include "tests/support/counter_random.h"

#include <gtest/gtest.h>

namespace gesture::motion {
namespace {

using Eigen::Vector3f;

struct Figure {
    JointRotations local;
    SkeletonPose pose;
    explicit Figure(std::uint64_t stream, float scale) {
        std::array<float, kPoseSize> angles{};
        for (std::size_t i = 0; i < angles.size(); ++i) {
            angles[i] = scale * test::counterUniform(stream, i);
        }
        local = localRotations(angles);
        pose = forwardKinematics(local, averageRestJoints(), {0.2F, 1.3F, -0.4F});
    }
};

TEST(LimbReach, EndsMeetTargetsWithinReachFromAnyPose) {
    for (std::uint64_t stream = 0; stream < 200; ++stream) {
        for (const int end : {kLeftWrist, kRightWrist, kLeftAnkle, kRightAnkle}) {
            Figure figure(stream, 0.6F);
            const Limb limb = limbOf(end);
            const Vector3f root = figure.pose.positions[static_cast<std::size_t>(limb.root)];
            const Vector3f way(test::counterUniform(900, 3 * stream),
                               test::counterUniform(900, 3 * stream + 1),
                               test::counterUniform(900, 3 * stream + 2));
            const float length =
                (figure.pose.positions[static_cast<std::size_t>(limb.middle)] - root).norm();
            const Vector3f target = root + 1.3F * length * way.normalized();
            reachWithLimb(limb, target, LimbEnd::GoesAlong, averageRestJoints(), figure.local,
                          figure.pose);
            EXPECT_LE((figure.pose.positions[static_cast<std::size_t>(end)] - target).norm(), 1e-3F)
                << stream << " " << end;
        }
    }
}

TEST(LimbReach, AStraightArmReachesToo) {
    Figure figure(1, 0.0F);
    const Limb arm = limbOf(kRightWrist);
    const Vector3f target =
        figure.pose.positions[static_cast<std::size_t>(arm.root)] + Vector3f(-0.2F, 0.1F, 0.3F);
    reachWithLimb(arm, target, LimbEnd::GoesAlong, averageRestJoints(), figure.local, figure.pose);
    EXPECT_LE((figure.pose.positions[kRightWrist] - target).norm(), 2e-3F);
}

TEST(LimbReach, WhereTheEndIsAlreadyNothingTurns) {
    Figure figure(5, 0.6F);
    const JointRotations before = figure.local;
    const Vector3f target = figure.pose.positions[kLeftWrist];
    reachWithLimb(limbOf(kLeftWrist), target, LimbEnd::GoesAlong, averageRestJoints(), figure.local,
                  figure.pose);
    for (std::size_t j = 0; j < kJointCount; ++j) {
        EXPECT_TRUE(figure.local[j].isApprox(before[j], 1e-4F)) << j;
    }
}

TEST(LimbReach, FeetKeepTheirHeadingAndOtherJointsStay) {
    Figure figure(7, 0.3F);
    const JointRotations before = figure.local;
    const Eigen::Matrix3f sole = figure.pose.worldFromJoint[kLeftAnkle];
    const Vector3f target = figure.pose.positions[kLeftAnkle] + Vector3f(0.05F, 0.03F, -0.08F);
    reachWithLimb(limbOf(kLeftAnkle), target, LimbEnd::KeepsHeading, averageRestJoints(),
                  figure.local, figure.pose);
    EXPECT_TRUE(figure.pose.worldFromJoint[kLeftAnkle].isApprox(sole, 1e-4F));
    EXPECT_LE((figure.pose.positions[kLeftAnkle] - target).norm(), 1e-3F);
    for (std::size_t j = 0; j < kJointCount; ++j) {
        if (j == 1 || j == 4 || j == kLeftAnkle) continue;
        EXPECT_EQ(figure.local[j], before[j]) << j;
    }
}

TEST(LimbReach, TargetsOutOfReachAreApproached) {
    Figure figure(9, 0.4F);
    const Limb arm = limbOf(kLeftWrist);
    const Vector3f root = figure.pose.positions[static_cast<std::size_t>(arm.root)];
    const Vector3f direction = Vector3f(0.3F, 0.5F, 0.8F).normalized();
    reachWithLimb(arm, root + 3.0F * direction, LimbEnd::GoesAlong, averageRestJoints(),
                  figure.local, figure.pose);
    const Vector3f reached = figure.pose.positions[kLeftWrist] - root;
    EXPECT_GT(reached.normalized().dot(direction), 0.999F);
}

} // namespace
} // namespace gesture::motion
