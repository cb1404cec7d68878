// SPDX-License-Identifier: Apache-2.0
#include "core/motion/limb_ik.h"

#include "tests/support/counter_random.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>

namespace gesture::motion {
namespace {

using Eigen::Vector3f;

constexpr float kTolerance = 1e-5F;

/// An arm whose bones do not line up in the T-pose.
RestLimb arm() {
    return {
        {0.18F, 0.07F, 0.02F}, {0.42F, 0.04F, -0.01F}, {0.67F, 0.03F, 0.01F}, Vector3f::UnitZ()};
}

struct Solved {
    Vector3f middle;
    Vector3f end;
};

Solved pose(const RestLimb& rest, const LimbRotations& limb) {
    const Vector3f middle = rest.root + limb.root * (rest.middle - rest.root);
    return {middle, middle + limb.root * limb.middle * (rest.end - rest.middle)};
}

TEST(LimbIk, ReachesTargetsWithTheElbowOnThePolesSide) {
    const RestLimb rest = arm();
    for (std::uint64_t i = 0; i < 300; ++i) {
        const Vector3f way(test::counterUniform(1, 3 * i), test::counterUniform(1, 3 * i + 1),
                           test::counterUniform(1, 3 * i + 2));
        const float distance = 0.1F + 0.35F * std::abs(test::counterUniform(2, i));
        const Vector3f target = rest.root + distance * way.normalized();
        const Vector3f pole = way.unitOrthogonal();
        const Solved solved = pose(rest, solveLimb(rest, target, pole));
        EXPECT_LE((solved.end - target).norm(), kTolerance) << i;
        EXPECT_GT((solved.middle - rest.root).dot(pole), 0.0F) << i;
    }
}

TEST(LimbIk, TargetOutOfReachIsPointedAt) {
    const RestLimb rest = arm();
    const Vector3f direction = Vector3f(0.3F, 0.8F, 0.5F).normalized();
    const Solved solved =
        pose(rest, solveLimb(rest, rest.root + 3.0F * direction, -Vector3f::UnitY()));
    const Vector3f reached = solved.end - rest.root;
    EXPECT_GT(reached.normalized().dot(direction), 0.9999F);
    EXPECT_GT(reached.norm(), 0.48F);
}

TEST(LimbIk, TargetAtTheShoulderFoldsTheLimbAndStaysFinite) {
    const RestLimb rest = arm();
    const LimbRotations limb =
        solveLimb(rest, rest.root + Vector3f(1e-4F, 0.0F, 0.0F), -Vector3f::UnitY());
    EXPECT_TRUE(limb.root.allFinite());
    EXPECT_LT((pose(rest, limb).end - rest.root).norm(), 0.02F);
}

TEST(LimbIk, ResultsAreRotations) {
    const LimbRotations limb =
        solveLimb(arm(), Vector3f(0.3F, -0.2F, 0.25F), Vector3f(0.5F, -1.0F, -0.5F));
    for (const Eigen::Matrix3f& rotation : {limb.root, limb.middle}) {
        EXPECT_TRUE((rotation * rotation.transpose()).isIdentity(kTolerance));
        EXPECT_NEAR(rotation.determinant(), 1.0F, kTolerance);
    }
}

} // namespace
} // namespace gesture::motion
