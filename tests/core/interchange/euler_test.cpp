// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/euler.h"

#include "tests/support/counter_random.h"

#include <gtest/gtest.h>
#include <numbers>

namespace gesture::interchange {
namespace {

constexpr double kRadians = std::numbers::pi / 180.0;

Eigen::Quaterniond about(double degrees, const Eigen::Vector3d& axis) {
    return Eigen::Quaterniond(Eigen::AngleAxisd(degrees * kRadians, axis));
}

Eigen::Quaterniond composed(const Eigen::Vector3d& angles, EulerOrder order) {
    const auto x = about(angles.x(), Eigen::Vector3d::UnitX());
    const auto y = about(angles.y(), Eigen::Vector3d::UnitY());
    const auto z = about(angles.z(), Eigen::Vector3d::UnitZ());
    return order == EulerOrder::Xyz ? z * y * x : z * x * y;
}

class EulerAngles : public ::testing::TestWithParam<EulerOrder> {};
INSTANTIATE_TEST_SUITE_P(BothOrders, EulerAngles,
                         ::testing::Values(EulerOrder::Xyz, EulerOrder::Zxy));

TEST_P(EulerAngles, MakeTheRotationAgain) {
    for (std::uint64_t i = 0; i < 500; ++i) {
        Eigen::Quaterniond rotation(
            test::counterUniform(1, 4 * i), test::counterUniform(1, 4 * i + 1),
            test::counterUniform(1, 4 * i + 2), test::counterUniform(1, 4 * i + 3));
        rotation.normalize();
        const auto angles = eulerDegrees(rotation, GetParam(), Eigen::Vector3d(400, -300, 10));
        EXPECT_LT(composed(angles, GetParam()).angularDistance(rotation), 1e-7);
        EXPECT_LE((angles - Eigen::Vector3d(400, -300, 10)).cwiseAbs().maxCoeff(), 180.0 + 1e-9);
    }
}

TEST_P(EulerAngles, MakeTheRotationAgainWhereTwoAxesFallTogether) {
    for (const double middle : {90.0, -90.0}) {
        for (const double first : {-70.0, 0.0, 35.0}) {
            const Eigen::Vector3d given = GetParam() == EulerOrder::Xyz
                                              ? Eigen::Vector3d(first, middle, 20)
                                              : Eigen::Vector3d(middle, first, 20);
            const auto rotation = composed(given, GetParam());
            const auto angles = eulerDegrees(rotation, GetParam(), Eigen::Vector3d(1, 2, 3));
            EXPECT_LT(composed(angles, GetParam()).angularDistance(rotation), 1e-6);
        }
    }
}

TEST_P(EulerAngles, OfASteadyTurnGoOnBeyondAWholeTurn) {
    Eigen::Vector3d angles = Eigen::Vector3d::Zero();
    for (int i = 0; i <= 100; ++i)
        angles = eulerDegrees(about(10.0 * i, Eigen::Vector3d::UnitZ()), GetParam(), angles);
    EXPECT_NEAR(angles.z(), 1000.0, 1e-6);
}

TEST_P(EulerAngles, NeverJumpWhenTheMiddleAxisGoesRound) {
    Eigen::Vector3d angles = Eigen::Vector3d::Zero();
    const Eigen::Vector3d axis = (GetParam() == EulerOrder::Xyz ? Eigen::Vector3d(0.02, 1, 0.01)
                                                                : Eigen::Vector3d(1, 0.02, 0.01))
                                     .normalized();
    for (int i = 0; i <= 120; ++i) {
        const auto next = eulerDegrees(about(7.0 * i, axis), GetParam(), angles);
        EXPECT_LT((next - angles).cwiseAbs().maxCoeff(), 90.0) << i;
        angles = next;
    }
}

} // namespace
} // namespace gesture::interchange
