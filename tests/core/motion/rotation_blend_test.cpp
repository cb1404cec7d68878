// SPDX-License-Identifier: Apache-2.0
#include "core/motion/rotation_blend.h"

#include "tests/support/counter_random.h"

#include <gtest/gtest.h>

#include <array>
#include <numbers>

namespace gesture::motion {
namespace {

using Vector = std::array<float, 3>;

Vector randomVector(std::uint64_t stream, float scale) {
    return {scale * test::counterUniform(stream, 0), scale * test::counterUniform(stream, 1),
            scale * test::counterUniform(stream, 2)};
}

TEST(RotationBlend, LogarithmUndoesExponential) {
    for (std::uint64_t i = 0; i < 200; ++i) {
        const Vector v = randomVector(i, 1.7F);
        Vector out{};
        storeNear(rotationOf(v), v, out);
        for (std::size_t c = 0; c < 3; ++c) {
            EXPECT_NEAR(out[c], v[c], 1e-6F);
        }
    }
}

TEST(RotationBlend, WritesTheVectorNearestToTheReference) {
    const Vector beyond{0.0F, 4.0F, 0.0F};
    Vector out{};
    storeNear(rotationOf(beyond), beyond, out);
    EXPECT_NEAR(out[1], 4.0F, 1e-5F) << "not the other way round";
    const Vector turn{2.0F * std::numbers::pi_v<float>, 0.0F, 0.0F};
    storeNear(rotationOf(turn), turn, out);
    EXPECT_NEAR(out[0], turn[0], 1e-5F);
    storeNear(rotationOf(Vector{0.1F, 0.0F, 0.0F}), Vector{}, out);
    EXPECT_NEAR(out[0], 0.1F, 1e-6F);
}

TEST(RotationBlend, EndsAreTheBytesAndTheMiddleIsHalfWay) {
    const Vector from = randomVector(1, 1.0F);
    const Vector to = randomVector(2, 1.0F);
    Vector out{};
    blendRotation(from, to, 0.0, out);
    EXPECT_EQ(out, from);
    blendRotation(from, to, 1.0, out);
    EXPECT_EQ(out, to);
    blendRotation(from, to, 0.5, out);
    const auto middle = rotationOf(out);
    EXPECT_NEAR(middle.angularDistance(rotationOf(from)), middle.angularDistance(rotationOf(to)),
                1e-6);
}

} // namespace
} // namespace gesture::motion
