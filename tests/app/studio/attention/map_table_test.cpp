// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/map_table.h"

#include "app/studio/attention/map_readings.h"
#include "tests/app/studio/attention/made_up_analysis.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace gesture::app {
namespace {

using motion::BodyPart;

constexpr float kRounding = 1e-6F; // the same numbers are added in another order

class MapTableTest : public ::testing::Test {
protected:
    MapTable tableOf(const MapSelection& selection, std::size_t place = 1) {
        return windowTable(*analysis, place, mapsOf(*analysis, selection));
    }
    std::shared_ptr<const inference::Analysis> analysis = test::madeUpAnalysis();
};

TEST_F(MapTableTest, ReadsAsTheAnalysisWhereOneWindowLies) {
    const MapTable table = tableOf({BodyPart::Hands, 4, 2, {}});
    const auto band = analysis->attention({BodyPart::Hands, 4, 2}, {{64}, {120}});
    ASSERT_TRUE(band.ok());
    for (std::int64_t speech = 64; speech < 120; ++speech) {
        for (std::int64_t motion = 60; motion < 124; ++motion) {
            ASSERT_EQ(table.at({speech}, {motion}), band->at({speech}, {motion}))
                << speech << ", " << motion;
        }
    }
}

TEST_F(MapTableTest, MeansReadAsTheAnalysis) {
    const MapTable table = tableOf({BodyPart::Upper, {}, {}, {}});
    const auto band = analysis->attention({BodyPart::Upper, {}, {}}, {{64}, {120}});
    EXPECT_NEAR(table.at({90}, {95}), band->at({90}, {95}), kRounding);
    const MapTable layer = tableOf({BodyPart::Upper, 3, {}, {}});
    const auto layerBand = analysis->attention({BodyPart::Upper, 3, {}}, {{64}, {120}});
    EXPECT_NEAR(layer.at({70}, {61}), layerBand->at({70}, {61}), kRounding);
}

TEST_F(MapTableTest, AllPartsAreMixedByTheirLearntWeights) {
    const MapTable all = tableOf({{}, 0, 0, {}});
    const auto weights = partWeights(*analysis);
    double expected = 0;
    double sum = 0;
    for (const BodyPart part : analysis->parts()) {
        expected += weights[part] * tableOf({part, 0, 0, {}}).at({80}, {82});
        sum += weights[part];
    }
    EXPECT_NEAR(all.at({80}, {82}), expected / sum, kRounding);
}

TEST_F(MapTableTest, SharedFramesAreThoseOfTheWindowAlone) {
    const MapTable table = tableOf({BodyPart::Hands, 4, 2, {}});
    const auto row = table.row(0); // frame 60 lies in two windows
    constexpr float kHalfPrecision = 4e-3F;
    EXPECT_NEAR(std::accumulate(row.begin(), row.end(), 0.0F), 1.0F, kHalfPrecision);
}

TEST_F(MapTableTest, OutsideNothingIsKnown) {
    const MapTable table = tableOf({BodyPart::Hands, 4, 2, {}});
    EXPECT_TRUE(std::isnan(table.at({59}, {70})));
    EXPECT_TRUE(std::isnan(table.at({70}, {124})));
    EXPECT_TRUE(windowTable(*analysis, 99, mapsOf(*analysis, {})).empty());
}

TEST_F(MapTableTest, DifferenceIsTakenWhereBothAre) {
    const MapTable a = tableOf({BodyPart::Hands, 4, 2, {}}, 1);
    const MapTable b = tableOf({BodyPart::Hands, 4, 2, {}}, 2);
    const MapTable difference = differenceOf(a, b);
    EXPECT_EQ(difference.motion(), (FrameRange{{120}, {124}}));
    EXPECT_EQ(difference.at({121}, {122}), a.at({121}, {122}) - b.at({121}, {122}));
    EXPECT_TRUE(differenceOf(a, tableOf({BodyPart::Hands, 4, 2, {}}, 3)).empty());
}

TEST(MapTable, RanksCountTheLargerOnes) {
    const MapTable table{{0}, {0}, 1, 4, {0.1F, 0.4F, 0.1F, 0.4F}};
    EXPECT_EQ(rankInRow(table, 0, 1), 1);
    EXPECT_EQ(rankInRow(table, 0, 3), 1);
    EXPECT_EQ(rankInRow(table, 0, 0), 3);
}

TEST(MapTable, FocusGoesFromEvenlyToOneFrame) {
    const MapTable even{{0}, {0}, 1, 4, {0.25F, 0.25F, 0.25F, 0.25F}};
    const MapTable sharp{{0}, {0}, 1, 4, {0, 1, 0, 0}};
    EXPECT_NEAR(focusOf(even), 0.0, 1e-6);
    EXPECT_EQ(focusOf(sharp), 1.0);
}

TEST(MapTable, ProfilesAreMeansAndPeaks) {
    const MapTable table{{0}, {0}, 2, 2, {0.2F, 0.8F, 0.6F, 0.4F}};
    EXPECT_EQ(columnMeans(table), (std::vector<float>{0.4F, 0.6F}));
    EXPECT_EQ(rowPeaks(table), (std::vector<float>{0.8F, 0.6F}));
}

TEST_F(MapTableTest, AReadingSaysWordWeightAndRank) {
    const MapTable table = tableOf({BodyPart::Hands, 4, 2, {}});
    const auto words = test::madeUpTranscript(8);
    const auto reading = readCell(table, words.get(), {{90}, {95}});
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->word, wordAt(words.get(), {90})->text);
    EXPECT_EQ(reading->weight, table.at({90}, {95}));
    EXPECT_EQ(reading->rank, rankInRow(table, 30, 35));
    EXPECT_FALSE(readCell(table, words.get(), {{10}, {95}}));
}

TEST_F(MapTableTest, TopFramesAreTheLargestOfTheWordsMean) {
    const MapTable table = tableOf({BodyPart::Hands, 4, 2, {}});
    const auto top = topFrames(table, {{90}, {96}}, 5);
    ASSERT_EQ(top.size(), 5U);
    for (std::size_t i = 1; i < top.size(); ++i) {
        EXPECT_GE(top[i - 1].weight, top[i].weight);
    }
    double sum = 0;
    for (std::int64_t row = 90; row < 96; ++row) {
        sum += table.at({row}, top[0].frame);
    }
    EXPECT_NEAR(top[0].weight, sum / 6, kRounding);
}

TEST_F(MapTableTest, TopWordsAreThoseOfTheWindow) {
    const auto words = test::madeUpTranscript(8);
    const MapTable table = tableOf({BodyPart::Hands, 4, 2, {}});
    const auto top = topWords(table, words.get(), {95}, 3);
    ASSERT_EQ(top.size(), 3U);
    EXPECT_GE(top[0].weight, top[2].weight);
    EXPECT_TRUE(topWords(table, nullptr, {95}, 3).empty());
}

TEST_F(MapTableTest, SharesOfThePartsSumToOne) {
    const auto shares = partShares(*analysis, 1, {100});
    ASSERT_TRUE(shares);
    double sum = 0;
    for (const double share : shares->values) {
        sum += share;
    }
    EXPECT_NEAR(sum, 1.0, 1e-9);
    EXPECT_GT((*shares)[BodyPart::Hands], (*shares)[BodyPart::Lower]);
    EXPECT_FALSE(partShares(*analysis, 1, {10}));
}

TEST(FrameWords, PausesAreNoWordsAndHalfFramesDecide) {
    audio::Transcript transcript;
    transcript.words = {
        {"one", {0.0}, {0.1}, {}}, {" ", {0.1}, {0.2}, {}}, {"two", {0.21}, {0.4}, {}}};
    EXPECT_EQ(wordAt(&transcript, {2})->text, QStringLiteral("one"));
    EXPECT_FALSE(wordAt(&transcript, {4}));
    EXPECT_EQ(wordAt(&transcript, {6})->text, QStringLiteral("two"));
    EXPECT_EQ(wordsIn(&transcript, {{0}, {30}}).size(), 2U);
    EXPECT_EQ(wordsIn(&transcript, {{0}, {30}})[1].index, 2);
    EXPECT_EQ(wordsIn(&transcript, {{0}, {3}})[0].frames(), (FrameRange{{0}, {3}}));
}

} // namespace
} // namespace gesture::app
