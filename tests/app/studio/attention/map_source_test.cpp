// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/map_source.h"

#include "tests/app/studio/attention/made_up_analysis.h"

#include <gtest/gtest.h>

namespace gesture::app {
namespace {

using motion::BodyPart;

constexpr double kSinglePrecision = 2e-3; // importance is kept as float and nearly the same curves

TEST(MapSource, TheLearntWeightsAreFoundFromTheFusedCurve) {
    const auto weights = partWeights(*test::madeUpAnalysis());
    EXPECT_NEAR(weights[BodyPart::Upper], test::kMadeUpWeights[0] / 3, kSinglePrecision);
    EXPECT_NEAR(weights[BodyPart::Hands], test::kMadeUpWeights[1] / 3, kSinglePrecision);
    EXPECT_NEAR(weights[BodyPart::Lower], test::kMadeUpWeights[2] / 3, kSinglePrecision);
    EXPECT_EQ(weights[BodyPart::Face], 0.0);
}

TEST(MapSource, EqualCurvesGiveEqualWeights) {
    inference::AttentionWindow window = test::madeUpWindow(0, {1, 1, 1, 1, {}});
    for (std::size_t i = 0; i < 64; ++i) {
        window.importance[64 + i] = window.importance[128 + i] = window.importance[i];
        window.fused[i] = window.importance[i];
    }
    inference::Analysis analysis;
    ASSERT_TRUE(analysis.add(window).ok());
    EXPECT_DOUBLE_EQ(partWeights(analysis)[BodyPart::Lower], 1.0 / 3);
}

TEST(MapSource, NothingIsLearntFromNothing) {
    EXPECT_EQ(partWeights(inference::Analysis()), inference::PerPart<double>());
    EXPECT_TRUE(mapsOf(inference::Analysis(), {BodyPart::Hands, {}, {}, {}}).empty());
}

double sumOf(const std::vector<WeightedMap>& maps) {
    double sum = 0;
    for (const WeightedMap& map : maps) {
        sum += map.weight;
    }
    return sum;
}

TEST(MapSource, WeightsOfAnySelectionSumToOne) {
    const auto analysis = test::madeUpAnalysis();
    EXPECT_NEAR(sumOf(mapsOf(*analysis, {})), 1.0, 1e-6);
    EXPECT_NEAR(sumOf(mapsOf(*analysis, {BodyPart::Hands, 2, {}, {}})), 1.0, 1e-6);
    const auto picked = mapsOf(*analysis, {BodyPart::Upper, {}, {}, {{0, 1}, {4, 2}, {7, 3}}});
    EXPECT_EQ(picked.size(), 3U);
    EXPECT_NEAR(sumOf(picked), 1.0, 1e-6);
}

TEST(MapSource, TheFaceHasNoMap) {
    EXPECT_TRUE(mapsOf(*test::madeUpAnalysis(), {BodyPart::Face, {}, {}, {}}).empty());
}

TEST(MapSource, WhatWasNotKeptFallsBackToTheMean) {
    test::AnalysisShape shape;
    shape.keep.headAxis = inference::AttentionKeep::Axis::Mean;
    const auto analysis = test::madeUpAnalysis(shape);
    EXPECT_FALSE(keepsHeads(*analysis));
    const auto maps = mapsOf(*analysis, {BodyPart::Hands, 1, 3, {}});
    ASSERT_EQ(maps.size(), 1U);
    EXPECT_EQ(maps[0].choice.layer, 1);
    EXPECT_FALSE(maps[0].choice.head);
}

} // namespace
} // namespace gesture::app
