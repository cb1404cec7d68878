// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/curve_statistics.h"

#include "tests/support/counter_random.h"
#include "tests/support/golden_values.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace gesture::metrics {
namespace {

constexpr double kTolerance = 1e-7; // golden values have nine digits

TEST(AreaUnderRoc, EqualsTheRankTestOfScipyWithTies) {
    auto golden = test::goldenValues("metrics/seeded.txt");
    std::vector<float> scores(500);
    for (std::size_t i = 0; i < scores.size(); ++i)
        scores[i] = std::nearbyint(test::counterUniform(92, i) * 8.0F) / 8.0F;
    const std::vector<std::uint8_t> labels(golden["labels"].begin(), golden["labels"].end());
    ASSERT_EQ(labels.size(), scores.size());
    EXPECT_NEAR(areaUnderRoc(scores, labels).value(), golden["auc"].front(), kTolerance);
    EXPECT_NEAR(windowedAreaUnderRoc(scores, labels, 64, 60).value(), golden["auc_windows"].front(),
                kTolerance);
}

TEST(AreaUnderRoc, GoesFromZeroToOne) {
    const std::vector<float> scores{0.1F, 0.2F, 0.3F, 0.4F};
    EXPECT_EQ(areaUnderRoc(scores, std::vector<std::uint8_t>{0, 0, 1, 1}), 1.0);
    EXPECT_EQ(areaUnderRoc(scores, std::vector<std::uint8_t>{1, 1, 0, 0}), 0.0);
    EXPECT_EQ(areaUnderRoc(std::vector<float>(4, 0.5F), std::vector<std::uint8_t>{0, 1, 0, 1}),
              0.5);
}

TEST(AreaUnderRoc, NeedsBothKindsOfLabelsAndNumbers) {
    const std::vector<float> scores{0.1F, 0.2F};
    EXPECT_FALSE(areaUnderRoc(scores, std::vector<std::uint8_t>{1, 1}));
    EXPECT_FALSE(areaUnderRoc(scores, std::vector<std::uint8_t>{0, 0}));
    EXPECT_FALSE(areaUnderRoc({}, {}));
    EXPECT_FALSE(
        areaUnderRoc(std::vector<float>{0.1F, std::nanf("")}, std::vector<std::uint8_t>{0, 1}));
    EXPECT_FALSE(windowedAreaUnderRoc(scores, std::vector<std::uint8_t>{0, 0}, 64, 60));
}

TEST(Correlation, IsOneOfACurveWithItselfAndNothingOfAConstant) {
    const std::vector<float> curve{0.0F, 1.0F, 4.0F, 9.0F};
    const std::vector<float> falling{0.0F, -2.0F, -8.0F, -18.0F};
    EXPECT_NEAR(correlation(curve, curve).value(), 1.0, 1e-12);
    EXPECT_NEAR(correlation(curve, falling).value(), -1.0, 1e-12);
    EXPECT_FALSE(correlation(curve, std::vector<float>(4, 3.3F)));
    EXPECT_FALSE(correlation(std::vector<float>{1.0F}, std::vector<float>{2.0F}));
}

TEST(ShiftedByHalf, TakesTheEndToTheStart) {
    EXPECT_EQ(shiftedByHalf(std::vector<float>{0, 1, 2, 3, 4}),
              (std::vector<float>{3, 4, 0, 1, 2}));
    EXPECT_TRUE(shiftedByHalf({}).empty());
}

} // namespace
} // namespace gesture::metrics
