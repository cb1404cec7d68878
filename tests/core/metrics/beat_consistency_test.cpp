// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/beat_consistency.h"

#include "core/metrics/diversity.h"
#include "core/motion/skeleton.h"
#include "tests/support/counter_random.h"
#include "tests/support/golden_values.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace gesture::metrics {
namespace {

using motion::kJointCount;
using motion::kPoseSize;

// Scores are double precision over float32 speeds, written with nine digits.
constexpr double kScoreTolerance = 1e-7;
// The script adds 99,000 float32 numbers in float32.
constexpr double kDiversityTolerance = 2e-6;

constexpr std::size_t kFrames = 600;

/// As `positions` of make_metric_golden.py.
std::vector<float> noisyPositions() {
    std::vector<float> positions(kFrames * kPoseSize);
    for (std::size_t i = 0; i < positions.size(); ++i) {
        const bool loud = (i / kPoseSize + 13 * (i % kPoseSize / 3)) % 120 < 60;
        positions[i] = test::counterUniform(80, i) * (loud ? 1.0F : 1.0F / 256.0F);
    }
    return positions;
}

std::vector<float> meanSpeeds() {
    std::vector<float> speeds(kJointCount);
    for (std::size_t i = 0; i < speeds.size(); ++i)
        speeds[i] = 12.0F + 4.0F * test::counterUniform(81, i);
    return speeds;
}

std::vector<double> onsets() {
    std::vector<double> times(60);
    for (std::size_t i = 0; i < times.size(); ++i)
        times[i] = (static_cast<double>(test::counterUniform(82, i)) + 1.0) * 8.0;
    std::sort(times.begin(), times.end());
    return times;
}

std::vector<float> beatCounts(std::span<const float> positions, MetricMode mode) {
    std::vector<float> counts;
    for (const auto& beats : motionBeats(positions, meanSpeeds(), mode))
        counts.push_back(static_cast<float>(beats.size()));
    return counts;
}

TEST(BeatConsistency, InPaperModeEqualsTheTrainersWhichFoldFirst) {
    auto golden = test::goldenValues("metrics/seeded.txt");
    auto positions = noisyPositions();
    EXPECT_NEAR(diversity(positions, kPoseSize), golden["div_paper"].front(),
                kDiversityTolerance * golden["div_paper"].front());
    foldAroundMean(positions, kPoseSize);
    EXPECT_EQ(beatCounts(positions, MetricMode::Paper), golden["beats_paper"]);
    const auto score = beatConsistency(positions, meanSpeeds(), onsets(), MetricMode::Paper);
    ASSERT_TRUE(score.ok()) << score.error().message();
    EXPECT_NEAR(score->score, golden["bc_paper"].front(), kScoreTolerance);
    EXPECT_EQ(score->frames, 480);
}

TEST(BeatConsistency, InEvalToolsModeEqualsThem) {
    auto golden = test::goldenValues("metrics/seeded.txt");
    const auto positions = noisyPositions();
    EXPECT_NEAR(diversity(positions, kPoseSize), golden["div_evaltools"].front(),
                kDiversityTolerance * golden["div_evaltools"].front());
    EXPECT_EQ(beatCounts(positions, MetricMode::EvalTools), golden["beats_evaltools"]);
    const auto score = beatConsistency(positions, meanSpeeds(), onsets(), MetricMode::EvalTools);
    ASSERT_TRUE(score.ok());
    EXPECT_NEAR(score->score, golden["bc_evaltools"].front(), kScoreTolerance);
}

TEST(BeatConsistency, InStandardModeEqualsPlainNumpy) {
    const auto score =
        beatConsistency(noisyPositions(), meanSpeeds(), onsets(), MetricMode::Standard);
    ASSERT_TRUE(score.ok());
    EXPECT_NEAR(score->score, test::goldenValues("metrics/seeded.txt")["bc_standard"].front(),
                kScoreTolerance);
}

/// All joints go back and forth while they drift, slowest at the same moments: every second from
/// 0.5 s on.
std::vector<float> swingingPositions() {
    std::vector<float> positions(kFrames * kPoseSize);
    for (std::size_t i = 0; i < positions.size(); ++i) {
        const double seconds = static_cast<double>(i / kPoseSize) / 30.0;
        positions[i] = static_cast<float>(i % 3 == 0   ? std::sin(3.14159265358979 * seconds)
                                          : i % 3 == 1 ? 0.01 * seconds
                                                       : 0.0);
    }
    return positions;
}

TEST(BeatConsistency, IsOneWhereEveryOnsetMeetsABeat) {
    std::vector<double> beats;
    for (int second = 0; second < 16; ++second)
        beats.push_back(second + 0.5);
    const std::vector<float> slow(kJointCount, 0.001F);
    const auto met = beatConsistency(swingingPositions(), slow, beats, MetricMode::Standard);
    ASSERT_TRUE(met.ok()) << met.error().message();
    EXPECT_NEAR(met->score, 1.0, 1e-3);
    for (double& beat : beats)
        beat += 0.5;
    beats.pop_back();
    const auto missed = beatConsistency(swingingPositions(), slow, beats, MetricMode::Standard);
    ASSERT_TRUE(missed.ok());
    EXPECT_NEAR(missed->score, std::exp(-0.25 / 0.18), 1e-3);
}

TEST(BeatConsistency, AMotionWithoutBeatsScoresNothing) {
    const std::vector<float> still(kFrames * kPoseSize, 0.5F);
    const auto score = beatConsistency(still, meanSpeeds(), onsets(), MetricMode::Standard);
    ASSERT_TRUE(score.ok());
    EXPECT_EQ(score->score, 0.0);
}

TEST(BeatConsistency, AJointWhoseReferenceNeverMovesHasNoBeats) {
    std::vector<float> speeds = meanSpeeds();
    speeds[static_cast<std::size_t>(kBeatJoints[2])] = 0.0F;
    for (const MetricMode mode : {MetricMode::Paper, MetricMode::Standard}) {
        const auto beats = motionBeats(noisyPositions(), speeds, mode);
        EXPECT_TRUE(beats[2].empty());
        EXPECT_FALSE(beats[3].empty());
    }
}

TEST(BeatConsistency, SaysWhatItCannotBeTakenOf) {
    const auto positions = noisyPositions();
    const auto speeds = meanSpeeds();
    std::vector<float> withNegative = speeds;
    withNegative[4] = -1.0F;
    const std::vector<float> few(speeds.begin(), speeds.begin() + 54);
    const auto shortOnes = std::span(positions).first(120 * kPoseSize);
    const auto message = [](const Result<BeatScore>& result) {
        EXPECT_FALSE(result.ok());
        return result.ok() ? std::string() : result.error().message();
    };
    for (const MetricMode mode : {MetricMode::Paper, MetricMode::Standard}) {
        EXPECT_NE(message(beatConsistency(shortOnes, speeds, onsets(), mode)).find("4 s"),
                  std::string::npos);
        EXPECT_NE(message(beatConsistency(positions, speeds, {}, mode)).find("no onset"),
                  std::string::npos);
        EXPECT_NE(
            message(beatConsistency(positions, withNegative, onsets(), mode)).find("negative"),
            std::string::npos);
        EXPECT_NE(message(beatConsistency(positions, few, onsets(), mode)).find("54"),
                  std::string::npos);
    }
}

TEST(Diversity, FoldingLeavesTheDistancesFromTheMean) {
    std::vector<float> positions{1.0F, 10.0F, 3.0F, 10.0F, 5.0F, 40.0F};
    EXPECT_DOUBLE_EQ(diversity(positions, 2), (2.0 + 10.0 + 0.0 + 10.0 + 2.0 + 20.0) / 3.0);
    foldAroundMean(positions, 2);
    EXPECT_EQ(positions, (std::vector<float>{2.0F, 10.0F, 0.0F, 10.0F, 2.0F, 20.0F}));
    EXPECT_EQ(diversity({}, 165), 0.0);
}

} // namespace
} // namespace gesture::metrics
