// SPDX-License-Identifier: Apache-2.0
#include "core/inference/analysis.h"

#include "core/base/half_float.h"
#include "tests/core/analysis/made_analysis.h"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>

namespace gesture::inference {
namespace {

using motion::BodyPart;
using test::madeAnalysis;
using test::madeWindow;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr float kHalfRounding = 1e-3F; // of a weight of 1

/// Weight in a window as it came: its part 0 is the upper body.
float weightOf(const AttentionWindow& window, std::size_t map, std::int64_t speech,
               std::int64_t frame) {
    const auto size = static_cast<std::size_t>(window.frames);
    const auto row = static_cast<std::size_t>(speech - window.begin.value);
    const auto column = static_cast<std::size_t>(frame - window.begin.value);
    return floatFromHalf(window.maps[(map * size + row) * size + column]);
}

/// Those of `madeAnalysis`, as they came.
std::vector<AttentionWindow> madeWindows() {
    std::vector<AttentionWindow> windows;
    for (std::int64_t begin = 0; begin < 300; begin += 30)
        windows.push_back(madeWindow(begin));
    return windows;
}

bool holds(const AttentionWindow& window, std::int64_t frame) {
    return window.begin.value <= frame && frame < window.begin.value + window.frames;
}

TEST(Analysis, ImportanceIsTheMeanOverWindowsOfTimesTheAverage) {
    const Analysis analysis = madeAnalysis();
    const auto curve = analysis.importance(BodyPart::Hands);
    ASSERT_TRUE(curve.ok());
    ASSERT_EQ(curve->size(), 300U);
    const auto windows = madeWindows();
    for (std::int64_t frame = 0; frame < 300; ++frame) {
        double sum = 0.0;
        int count = 0;
        for (const AttentionWindow& window : windows) {
            if (!holds(window, frame)) continue;
            sum +=
                window.importance[static_cast<std::size_t>(64 + frame - window.begin.value)] * 64.0;
            ++count;
        }
        EXPECT_NEAR((*curve)[static_cast<std::size_t>(frame)], sum / count, 1e-4) << frame;
    }
}

TEST(Analysis, FusedImportanceIsOneOnAverageWhateverItsSum) {
    Analysis analysis;
    ASSERT_TRUE(analysis.add(madeWindow(0)).ok()); // its fused curve adds up to 0.75
    double sum = 0.0;
    for (const float value : analysis.fusedImportance())
        sum += static_cast<double>(value);
    EXPECT_NEAR(sum / 64.0, 1.0, 1e-5);
}

TEST(Analysis, FramesWithoutAWindowAreUnknown) {
    Analysis analysis;
    analysis.setFrames(200);
    ASSERT_TRUE(analysis.add(madeWindow(100)).ok());
    const auto curve = analysis.fusedImportance();
    EXPECT_TRUE(std::isnan(curve[99]));
    EXPECT_FALSE(std::isnan(curve[100]));
    EXPECT_FALSE(std::isnan(curve[163]));
    EXPECT_TRUE(std::isnan(curve[164]));
}

TEST(Analysis, TheStitchedMapAgreesWithAPlainLoopOverWindows) {
    const Analysis analysis = madeAnalysis();
    const auto band = analysis.attention({BodyPart::Upper, 1, 0}, {{20}, {130}});
    ASSERT_TRUE(band.ok());
    EXPECT_EQ(band->range(), (FrameRange{{20}, {130}}));
    const auto windows = madeWindows();
    for (std::int64_t speech = 20; speech < 130; ++speech)
        for (std::int64_t frame = 0; frame < 220; ++frame) {
            double sum = 0.0;
            int count = 0;
            bool seen = false;
            for (const AttentionWindow& window : windows) {
                if (!holds(window, speech)) continue;
                ++count;
                if (!holds(window, frame)) continue;
                seen = true;
                sum += static_cast<double>(weightOf(window, 2, speech, frame));
            }
            const float value = band->at({speech}, {frame});
            ASSERT_EQ(std::isnan(value), !seen) << speech << " " << frame;
            if (seen) {
                ASSERT_NEAR(value, sum / count, 1e-5);
            }
        }
}

TEST(Analysis, RowsOfTheStitchedMapAddUpToOne) {
    const Analysis analysis = madeAnalysis();
    const auto band = analysis.attention({BodyPart::Lower, {}, {}}, {{0}, {300}});
    ASSERT_TRUE(band.ok());
    EXPECT_EQ(band->width, 124); // three windows hold a frame at 60k to 60k + 3
    for (std::int64_t speech = 0; speech < 300; ++speech) {
        double sum = 0.0;
        for (std::int64_t frame = 0; frame < 400; ++frame)
            if (const float value = band->at({speech}, {frame}); !std::isnan(value)) sum += value;
        ASSERT_NEAR(sum, 1.0, 3e-3) << speech;
    }
}

TEST(Analysis, MeansThatAreKeptAreThoseOfAllMaps) {
    AttentionKeep keep;
    keep.headAxis = AttentionKeep::Axis::Mean;
    const Analysis mean = madeAnalysis(keep);
    const Analysis all = madeAnalysis();
    EXPECT_THAT(mean.heads(), ElementsAre(-1));
    EXPECT_THAT(mean.layers(), ElementsAre(0, 1));
    EXPECT_EQ(mean.mapBytes() * 2, all.mapBytes());
    const auto a = mean.attention({BodyPart::Upper, 1, {}}, {{0}, {60}});
    const auto b = all.attention({BodyPart::Upper, 1, {}}, {{0}, {60}});
    for (std::int64_t frame = 0; frame < 60; ++frame)
        EXPECT_NEAR(a->at({30}, {frame}), b->at({30}, {frame}), kHalfRounding);
}

TEST(Analysis, ChosenLayersAndHeadsAreKeptBitByBit) {
    AttentionKeep keep;
    keep.layers = {1};
    keep.heads = {0};
    Analysis analysis(keep);
    const AttentionWindow window = madeWindow(0);
    ASSERT_TRUE(analysis.add(window).ok());
    const auto& kept = analysis.windows().front().maps;
    ASSERT_EQ(kept.size(), 3U * 64 * 64);
    EXPECT_TRUE(
        std::equal(kept.begin(), kept.begin() + 64 * 64, window.maps.begin() + 2 * 64 * 64));
    EXPECT_THAT(analysis.attention({BodyPart::Upper, 0, 0}, {{0}, {9}}).error().message(),
                HasSubstr("layer 1 was not kept; there is: 2"));
    EXPECT_EQ(analysis.attention({BodyPart::Face, {}, {}}, {{0}, {9}}).error().code(),
              ErrorCode::NotFound);
}

TEST(Analysis, KeepsAnHourWithinItsLimit) {
    const AttentionSize hour{30LL * 3600, 60, 64, 3, 8, 4};
    EXPECT_EQ(keepWithin(hour, 4ULL << 30), AttentionKeep{});
    EXPECT_EQ(keepWithin(hour, 1ULL << 30).headAxis, AttentionKeep::Axis::Mean);
    EXPECT_EQ(keepWithin(hour, 1ULL << 30).layerAxis, AttentionKeep::Axis::Each);
    EXPECT_EQ(keepWithin(hour, 100ULL << 20).layerAxis, AttentionKeep::Axis::Mean);
}

TEST(Analysis, ANewerWindowReplacesTheOldOne) {
    Analysis analysis;
    ASSERT_TRUE(analysis.add(madeWindow(60, 64, 1)).ok());
    ASSERT_TRUE(analysis.add(madeWindow(0, 64, 1)).ok());
    ASSERT_TRUE(analysis.add(madeWindow(60, 64, 2)).ok());
    ASSERT_EQ(analysis.windows().size(), 2U);
    EXPECT_EQ(analysis.windows()[0].begin.value, 0);
    EXPECT_EQ(analysis.windows()[1].fused, madeWindow(60, 64, 2).fused);
}

TEST(Analysis, TokensAndScoresAreJoinedAndGapsAreUnknown) {
    Analysis analysis;
    ASSERT_TRUE(analysis.add(SemanticChunk{0, 4, {0.25F, 0.75F}, {0, 1}}).ok());
    ASSERT_TRUE(analysis.add(SemanticChunk{3, 4, {0.5F}, {1}}).ok());
    EXPECT_EQ(analysis.frames(), 16);
    EXPECT_THAT(analysis.semantic().chosen, ElementsAre(0, 1, SemanticTrack::kUnknown, 1));
    const auto frames = analysis.semanticPerFrame();
    EXPECT_EQ(frames[3], 0.25F);
    EXPECT_EQ(frames[4], 0.75F);
    EXPECT_TRUE(std::isnan(frames[8]));

    TokenChunk chunk{BodyPart::Hands, 1, 4, 2, {7, 8}, {0.5F}, {2.0F}};
    ASSERT_TRUE(analysis.add(chunk).ok());
    EXPECT_THAT(analysis.tokens(BodyPart::Hands).codes, ElementsAre(-1, -1, 7, 8));
    EXPECT_EQ(analysis.tokens(BodyPart::Upper).layers, 0);
}

TEST(Analysis, RefusesWhatContradictsItself) {
    Analysis analysis;
    ASSERT_TRUE(analysis.add(madeWindow(0)).ok());
    AttentionWindow window = madeWindow(60);
    window.maps.pop_back();
    EXPECT_EQ(analysis.add(window).error().code(), ErrorCode::InvalidInput);
    window = madeWindow(60);
    window.importance[3] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_FALSE(analysis.add(window).ok());
    window = madeWindow(60);
    window.maps[3] = 0x7c00;
    EXPECT_FALSE(analysis.add(window).ok());
    window = madeWindow(60);
    window.begin.value = std::numeric_limits<std::int64_t>::max();
    EXPECT_FALSE(analysis.add(window).ok());
    window = madeWindow(60);
    std::swap(window.layers, window.frames);
    EXPECT_FALSE(analysis.add(window).ok());
    EXPECT_FALSE(analysis.add(SemanticChunk{1LL << 60, 4, {0.5F}, {1}}).ok());
    EXPECT_FALSE(analysis.add(SemanticChunk{0, 4, {1.5F}, {1}}).ok());
    EXPECT_FALSE(analysis.add(TokenChunk{BodyPart::Upper, 0, 4, 6, {1}, {0.5F}, {1.0F}}).ok());
    EXPECT_EQ(analysis.windows().size(), 1U);
}

TEST(AnalysisSink, StopsAtTheFirstChunkThatDoesNotFitAndStartsAnewWithTheEngine) {
    Analysis analysis;
    AnalysisSink sink(analysis);
    sink.attention(madeWindow(0));
    AttentionWindow damaged = madeWindow(60);
    damaged.fused.clear();
    sink.attention(damaged);
    sink.attention(madeWindow(120));
    EXPECT_FALSE(sink.status().ok());
    EXPECT_EQ(analysis.windows().size(), 1U);
    sink.restarted();
    EXPECT_TRUE(sink.status().ok());
    EXPECT_TRUE(analysis.windows().empty());
}

} // namespace
} // namespace gesture::inference
