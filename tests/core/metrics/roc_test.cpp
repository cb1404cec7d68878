// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/curve_statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace gesture::metrics {
namespace {

using Values = std::vector<float>;

TEST(Roc, APerfectScoreHasAreaOne) {
    EXPECT_DOUBLE_EQ(rocOf(Values{0.9F, 0.8F, 0.2F, 0.1F}, Values{1, 1, 0, 0}).area, 1.0);
    EXPECT_DOUBLE_EQ(rocOf(Values{0.1F, 0.2F, 0.8F, 0.9F}, Values{1, 1, 0, 0}).area, 0.0);
}

TEST(Roc, TheAreaIsTheShareOfPairsInOrder) {
    // meant 0.8, 0.4; not meant 0.6, 0.3, 0.1: five of six pairs are in order.
    const auto curve = rocOf(Values{0.8F, 0.6F, 0.4F, 0.3F, 0.1F}, Values{1, 0, 1, 0, 0});
    EXPECT_NEAR(curve.area, 5.0 / 6.0, 1e-12);
    EXPECT_EQ(curve.points.front().trueShare, 0.0);
    EXPECT_EQ(curve.points.back().falseShare, 1.0);
}

TEST(Roc, EqualScoresCountHalf) {
    EXPECT_DOUBLE_EQ(rocOf(Values{0.5F, 0.5F, 0.5F}, Values{1, 0, 1}).area, 0.5);
}

TEST(Roc, UnknownValuesAreLeftOut) {
    const float nan = std::nanf("");
    EXPECT_DOUBLE_EQ(rocOf(Values{0.9F, nan, 0.1F, 0.5F}, Values{1, 0, 0, nan}).area, 1.0);
}

TEST(Roc, WithoutBothKindsThereIsNoCurve) {
    EXPECT_TRUE(rocOf(Values{0.9F, 0.8F}, Values{1, 1}).points.empty());
    EXPECT_TRUE(rocOf(Values{}, Values{}).points.empty());
}

} // namespace
} // namespace gesture::metrics
