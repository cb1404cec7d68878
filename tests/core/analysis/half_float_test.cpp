// SPDX-License-Identifier: Apache-2.0
#include "core/base/half_float.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace gesture {
namespace {

TEST(HalfFloat, EveryNumberComesBackAsItsBits) {
    for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
        const float value = floatFromHalf(static_cast<std::uint16_t>(bits));
        if (std::isnan(value)) continue;
        ASSERT_EQ(halfFromFloat(value), bits);
    }
}

TEST(HalfFloat, RoundsToTheNearestAndHalvesToEven) {
    // Between 1 and its neighbour 1 + 2^-10, and the next.
    EXPECT_EQ(halfFromFloat(1.0F + std::ldexp(1.0F, -11)), 0x3c00);
    EXPECT_EQ(halfFromFloat(1.0F + 3.0F * std::ldexp(1.0F, -11)), 0x3c02);
    EXPECT_EQ(halfFromFloat(1.0F + 1.01F * std::ldexp(1.0F, -11)), 0x3c01);
    EXPECT_EQ(halfFromFloat(std::ldexp(1.0F, -25)), 0);
    EXPECT_EQ(halfFromFloat(std::ldexp(1.5F, -25)), 1);
    EXPECT_EQ(halfFromFloat(65519.0F), 0x7bff);
    EXPECT_EQ(halfFromFloat(65520.0F), 0x7c00);
    EXPECT_EQ(halfFromFloat(-std::numeric_limits<float>::infinity()), 0xfc00);
    EXPECT_TRUE(std::isnan(floatFromHalf(halfFromFloat(std::nanf("")))));
}

} // namespace
} // namespace gesture
