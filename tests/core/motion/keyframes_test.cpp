// SPDX-License-Identifier: Apache-2.0
#include "core/motion/keyframes.h"

#include <gtest/gtest.h>

#include <array>

namespace gesture::motion {
namespace {

TEST(Keyframes, MinimumJerkGoesFromRestToRest) {
    EXPECT_EQ(minimumJerk(-1.0F), 0.0F);
    EXPECT_EQ(minimumJerk(0.0F), 0.0F);
    EXPECT_FLOAT_EQ(minimumJerk(0.5F), 0.5F);
    EXPECT_FLOAT_EQ(minimumJerk(1.0F), 1.0F);
    EXPECT_FLOAT_EQ(minimumJerk(2.0F), 1.0F);
    constexpr float kStep = 1e-2F;
    EXPECT_LT(minimumJerk(kStep), 1e-4F);
    EXPECT_GT(minimumJerk(1.0F - kStep), 1.0F - 1e-4F);
}

TEST(Keyframes, KeysAreReachedAndHeld) {
    const std::array<Key<float>, 3> keys = {{{1.0F, 5.0F}, {2.0F, 7.0F}, {4.0F, 1.0F}}};
    EXPECT_EQ(valueAt<float>(keys, 0.0F), 5.0F);
    EXPECT_EQ(valueAt<float>(keys, 1.0F), 5.0F);
    EXPECT_FLOAT_EQ(valueAt<float>(keys, 1.5F), 6.0F);
    EXPECT_EQ(valueAt<float>(keys, 2.0F), 7.0F);
    EXPECT_FLOAT_EQ(valueAt<float>(keys, 3.0F), 4.0F);
    EXPECT_EQ(valueAt<float>(keys, 9.0F), 1.0F);
}

TEST(Keyframes, PulsePeaksOnce) {
    EXPECT_EQ(pulse(0.5F, 1.0F, 0.2F, 0.4F), 0.0F);
    EXPECT_NEAR(pulse(0.9F, 1.0F, 0.2F, 0.4F), 0.5F, 1e-5F);
    EXPECT_EQ(pulse(1.0F, 1.0F, 0.2F, 0.4F), 1.0F);
    EXPECT_NEAR(pulse(1.2F, 1.0F, 0.2F, 0.4F), 0.5F, 1e-5F);
    EXPECT_NEAR(pulse(2.0F, 1.0F, 0.2F, 0.4F), 0.0F, 1e-5F);
}

} // namespace
} // namespace gesture::motion
