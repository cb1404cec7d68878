// SPDX-License-Identifier: Apache-2.0
#include "core/base/time.h"

#include <gtest/gtest.h>

namespace gesture {
namespace {

TEST(FrameRate, FrameAndTimeAreInversesForEveryFrame) {
    for (const FrameRate rate :
         {FrameRate{30, 1}, FrameRate{24, 1}, FrameRate{30000, 1001}, FrameRate{120, 1}}) {
        for (std::int64_t i = 0; i < 432000; i += 7)
            ASSERT_EQ(rate.frameAt(rate.timeOf({i})).value, i) << rate.numerator;
    }
}

TEST(FrameRate, AFrameIsShownUntilTheNextBegins) {
    const FrameRate rate{30, 1};
    EXPECT_EQ(rate.frameAt({0.0333}).value, 0);
    EXPECT_EQ(rate.frameAt({0.0334}).value, 1);
    EXPECT_EQ(rate.frameAt({-0.001}).value, -1);
}

TEST(FrameRange, IsHalfOpen) {
    const FrameRange range{{2}, {5}};
    EXPECT_EQ(range.length(), 3);
    EXPECT_TRUE(range.contains({2}));
    EXPECT_FALSE(range.contains({5}));
    EXPECT_TRUE((FrameRange{{5}, {5}}.empty()));
}

} // namespace
} // namespace gesture
