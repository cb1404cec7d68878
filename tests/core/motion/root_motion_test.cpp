// SPDX-License-Identifier: Apache-2.0
#include "core/motion/root_motion.h"

#include "tests/support/golden_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gesture::motion {
namespace {

using ::testing::ElementsAre;
using ::testing::FloatNear;
using ::testing::IsEmpty;
using ::testing::Pointwise;

constexpr double kFrame = 1.0 / 30.0;
constexpr float kLastBits = 1e-6F;

TEST(RootMotion, AgreesWithTheOriginals) {
    const auto golden = test::goldenValues("motion/velocity.txt");
    const auto velocity = linearVelocity(golden.at("positions"), 3, kFrame);
    EXPECT_THAT(velocity, Pointwise(FloatNear(kLastBits), golden.at("velocity")));
    const std::span start = std::span(golden.at("positions")).first(3);
    EXPECT_THAT(integrateVelocity(golden.at("velocity"), start, kFrame),
                Pointwise(FloatNear(kLastBits), golden.at("integrated")));
}

TEST(RootMotion, ShortMotions) {
    const std::vector<float> two = {1.0F, 5.0F, 2.0F, 3.0F};
    EXPECT_THAT(linearVelocity({}, 2, kFrame), IsEmpty());
    EXPECT_THAT(linearVelocity(std::span(two).first(2), 2, kFrame), ElementsAre(0.0F, 0.0F));
    EXPECT_THAT(linearVelocity(two, 2, 0.5), ElementsAre(2.0F, -4.0F, 2.0F, -4.0F));
    EXPECT_THAT(integrateVelocity({}, std::span(two).first(2), kFrame), IsEmpty());
}

TEST(RootMotion, SteadyMotionComesBackFromItsVelocity) {
    std::vector<float> line;
    for (int i = 0; i < 20; ++i) {
        line.push_back(0.25F * static_cast<float>(i));
    }
    const auto velocity = linearVelocity(line, 1, 0.5);
    EXPECT_THAT(velocity, ::testing::Each(0.5F));
    EXPECT_EQ(integrateVelocity(velocity, std::span(line).first(1), 0.5), line);
}

} // namespace
} // namespace gesture::motion
