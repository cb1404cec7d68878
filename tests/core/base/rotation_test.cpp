// SPDX-License-Identifier: Apache-2.0
#include "core/base/rotation.h"

#include "tests/support/counter_random.h"
#include "tests/support/golden_values.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <span>

namespace gesture {
namespace {

using test::counterUniform;
using test::goldenValues;

// The originals ran in float32 too: what is left are last bits of sin, cos and sums of squares.
constexpr float kLastBits = 2.5e-7F;

class RotationGolden : public ::testing::Test {
protected:
    /// `width` numbers of row `row` of an array.
    [[nodiscard]] std::span<const float> values(const std::string& name, std::size_t row,
                                                std::size_t width) const {
        return std::span(golden_.at(name)).subspan(row * width, width);
    }
    [[nodiscard]] std::size_t count() const { return golden_.at("axis_angle").size() / 3; }

    [[nodiscard]] AxisAngle axisAngle(const std::string& name, std::size_t row) const {
        const auto v = values(name, row, 3);
        return {v[0], v[1], v[2]};
    }
    [[nodiscard]] Eigen::Quaternionf quaternion(const std::string& name, std::size_t row) const {
        const auto v = values(name, row, 4);
        return {v[0], v[1], v[2], v[3]};
    }
    [[nodiscard]] Eigen::Matrix3f matrix(const std::string& name, std::size_t row) const {
        const auto v = values(name, row, 9);
        return Eigen::Map<const Eigen::Matrix<float, 3, 3, Eigen::RowMajor>>(v.data());
    }

private:
    std::map<std::string, std::vector<float>> golden_ = goldenValues("rotation/conversions.txt");
};

void expectNear(const Eigen::Quaternionf& actual, const Eigen::Quaternionf& wanted,
                std::size_t row) {
    EXPECT_LE((actual.coeffs() - wanted.coeffs()).cwiseAbs().maxCoeff(), kLastBits)
        << "rotation " << row;
}

/// Rotation vectors: a few last bits of their length.
void expectNear(const AxisAngle& actual, const AxisAngle& wanted, std::size_t row) {
    EXPECT_LE((actual - wanted).norm(), 4 * kLastBits * wanted.norm())
        << "rotation " << row << ": " << actual.transpose() << " against " << wanted.transpose();
}

TEST_F(RotationGolden, QuaternionFromAxisAngle) {
    for (std::size_t i = 0; i < count(); ++i) {
        expectNear(quaternionFromAxisAngle(axisAngle("axis_angle", i)), quaternion("quaternion", i),
                   i);
    }
}

TEST_F(RotationGolden, MatrixFromQuaternion) {
    for (std::size_t i = 0; i < count(); ++i) {
        const Eigen::Matrix3f actual = matrixFromQuaternion(quaternion("quaternion", i));
        EXPECT_LE((actual - matrix("matrix", i)).cwiseAbs().maxCoeff(), kLastBits) << i;
    }
}

TEST_F(RotationGolden, MatrixFromAxisAngle) {
    for (std::size_t i = 0; i < count(); ++i) {
        const Eigen::Matrix3f actual = matrixFromAxisAngle(axisAngle("axis_angle", i));
        EXPECT_LE((actual - matrix("matrix", i)).cwiseAbs().maxCoeff(), 2 * kLastBits) << i;
    }
}

TEST_F(RotationGolden, QuaternionFromMatrixQuantisesAsTheOriginal) {
    for (std::size_t i = 0; i < count(); ++i) {
        expectNear(quaternionFromMatrix(matrix("matrix", i)), quaternion("quaternion_of_matrix", i),
                   i);
    }
}

TEST_F(RotationGolden, AxisAngleFromMatrix) {
    for (std::size_t i = 0; i < count(); ++i) {
        expectNear(axisAngleFromMatrix(matrix("matrix", i)), axisAngle("axis_angle_of_matrix", i),
                   i);
    }
}

TEST_F(RotationGolden, AxisAngleFromQuaternion) {
    for (std::size_t i = 0; i < count(); ++i) {
        expectNear(axisAngleFromQuaternion(quaternion("quaternion", i)),
                   axisAngle("axis_angle_of_quaternion", i), i);
    }
}

TEST_F(RotationGolden, Rotation6dIsTheFirstTwoRows) {
    for (std::size_t i = 0; i < count(); ++i) {
        const Rotation6d actual = rotation6dFromMatrix(matrix("matrix", i));
        EXPECT_TRUE(std::ranges::equal(actual, values("rotation6d", i, 6))) << i;
    }
}

TEST_F(RotationGolden, MatrixFromLooseRotation6dIncludingDegenerateOnes) {
    for (std::size_t i = 0; i < 40; ++i) {
        Rotation6d loose{};
        std::ranges::copy(values("loose6d", i, 6), loose.begin());
        const Eigen::Matrix3f actual = matrixFromRotation6d(loose);
        EXPECT_LE((actual - matrix("matrix_of_loose6d", i)).cwiseAbs().maxCoeff(), 4 * kLastBits)
            << i;
    }
}

struct ClipRotation {
    AxisAngle axisAngle;
    Rotation6d rotation6d;
};

// Frames of the BEAT2 clip 2_scott_0_1_1, computed by the originals.
TEST(Rotation, RealPosesGiveTheOriginals6d) {
    const std::array<ClipRotation, 4> clip = {{
        {{-0.179989F, -0.046341F, -0.080872F},
         {0.995671F, 0.084476F, -0.038771F, -0.076164F, 0.980598F, 0.180626F}},
        {{0.074227F, 0.070039F, -0.018473F},
         {0.997379F, 0.021036F, 0.069229F, -0.015842F, 0.997077F, -0.074740F}},
        {{0.015859F, -0.003584F, 0.000445F},
         {0.999994F, -0.000473F, -0.003580F, 0.000417F, 0.999874F, -0.015859F}},
        {{-0.001765F, 0.226646F, -0.230233F},
         {0.948265F, 0.226051F, 0.222925F, -0.226447F, 0.973724F, -0.024131F}},
    }};
    constexpr float kPrintedDigits = 1.5e-6F;
    for (const ClipRotation& rotation : clip) {
        const Rotation6d actual = rotation6dFromMatrix(matrixFromAxisAngle(rotation.axisAngle));
        for (std::size_t i = 0; i < actual.size(); ++i) {
            EXPECT_NEAR(actual[i], rotation.rotation6d[i], kPrintedDigits);
        }
    }
}

TEST(Rotation, TurnAboutZHasRowsOfCosineAndMinusSine) {
    const Rotation6d turned = rotation6dFromMatrix(matrixFromAxisAngle({0.0F, 0.0F, 0.5F}));
    EXPECT_NEAR(turned[0], std::cos(0.5F), kLastBits);
    EXPECT_NEAR(turned[1], -std::sin(0.5F), kLastBits);
    EXPECT_NEAR(turned[3], std::sin(0.5F), kLastBits);
}

TEST(Rotation, MatrixAndVectorAgreeThereAndBack) {
    constexpr float kRoundTrip = 5e-4F; // the old matrix-to-quaternion formula loses half the bits
    for (std::uint64_t i = 0; i < 2000; ++i) {
        const AxisAngle rotation(1.7F * counterUniform(1, 3 * i),
                                 1.7F * counterUniform(1, 3 * i + 1),
                                 1.7F * counterUniform(1, 3 * i + 2));
        const AxisAngle back = axisAngleFromMatrix(
            matrixFromRotation6d(rotation6dFromMatrix(matrixFromAxisAngle(rotation))));
        EXPECT_LE((back - rotation).norm(), kRoundTrip) << rotation.transpose();
    }
}

TEST(Rotation, ResultsAreRotations) {
    for (std::uint64_t i = 0; i < 500; ++i) {
        const AxisAngle rotation(9.0F * counterUniform(2, 3 * i),
                                 9.0F * counterUniform(2, 3 * i + 1),
                                 9.0F * counterUniform(2, 3 * i + 2));
        for (const Eigen::Matrix3f& matrix :
             {matrixFromAxisAngle(rotation), rodriguesMatrix(rotation)}) {
            EXPECT_LE(
                (matrix * matrix.transpose() - Eigen::Matrix3f::Identity()).cwiseAbs().maxCoeff(),
                2e-6F);
            EXPECT_NEAR(matrix.determinant(), 1.0F, 2e-6F);
        }
    }
}

TEST(Rotation, RodriguesAgreesWithTheQuaternionWay) {
    constexpr float kEpsilonOfSmplx = 2e-6F;
    for (std::uint64_t i = 0; i < 500; ++i) {
        const AxisAngle rotation(3.0F * counterUniform(3, 3 * i),
                                 3.0F * counterUniform(3, 3 * i + 1),
                                 3.0F * counterUniform(3, 3 * i + 2));
        EXPECT_LE((rodriguesMatrix(rotation) - matrixFromAxisAngle(rotation)).cwiseAbs().maxCoeff(),
                  kEpsilonOfSmplx);
    }
}

TEST(Rotation, ZeroIsTheIdentity) {
    const AxisAngle zero = AxisAngle::Zero();
    EXPECT_EQ(matrixFromAxisAngle(zero), Eigen::Matrix3f::Identity());
    EXPECT_EQ(rodriguesMatrix(zero), Eigen::Matrix3f::Identity());
    EXPECT_EQ(axisAngleFromMatrix(Eigen::Matrix3f::Identity()), zero);
    EXPECT_EQ(rotation6dFromMatrix(Eigen::Matrix3f::Identity()),
              (Rotation6d{1.0F, 0.0F, 0.0F, 0.0F, 1.0F, 0.0F}));
}

TEST(Rotation, RodriguesIsFiniteWhereItsEpsilonCancels) {
    EXPECT_TRUE(rodriguesMatrix({-1e-8F, -1e-8F, -1e-8F}).allFinite());
}

TEST(Rotation, VerySmallAnglesComeBackAsZero) {
    EXPECT_EQ(axisAngleFromMatrix(matrixFromAxisAngle({1e-4F, 0.0F, 0.0F})), AxisAngle::Zero());
}

} // namespace
} // namespace gesture
