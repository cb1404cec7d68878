// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/hand_strokes.h"

#include "core/metrics/curve_statistics.h"
#include "core/motion/skeleton.h"
#include "tests/support/counter_random.h"
#include "tests/support/golden_values.h"

#include <cmath>
#include <gtest/gtest.h>

namespace gesture::metrics {
namespace {

constexpr double kTolerance = 1e-7; // golden values have nine digits
constexpr FrameRate kRate{30, 1};

/// As `speed_curve` of make_metric_golden.py.
std::vector<float> speedCurve(std::uint64_t stream) {
    const auto noise = [stream](std::size_t i) {
        return std::abs(test::counterUniform(stream, i));
    };
    std::vector<float> curve(400);
    for (std::size_t i = 0; i < curve.size(); ++i)
        curve[i] = (noise(i) + noise(i + 1) + noise(i + 2) + noise(i + 3) + noise(i + 4)) * 0.5F;
    return curve;
}

TEST(StrokePeaks, AreThoseOfScipy) {
    const auto peaks = strokePeaks(speedCurve(90));
    EXPECT_EQ(std::vector<float>(peaks.begin(), peaks.end()),
              test::goldenValues("metrics/seeded.txt")["peaks"]);
}

TEST(StrokePeaks, OfPlateausAreTheirMiddles) {
    std::vector<float> curve(40, 0.0F);
    curve[10] = curve[11] = curve[12] = 1.0F;
    curve[20] = 0.4F; // too slow
    curve[30] = curve[31] = 1.0F;
    EXPECT_EQ(strokePeaks(curve), (std::vector<std::int64_t>{11, 30}));
    EXPECT_TRUE(strokePeaks(std::vector<float>(20, 1.0F)).empty());
    EXPECT_TRUE(strokePeaks({}).empty());
}

TEST(StrokePeaks, TheHigherOfTwoNeighboursStays) {
    std::vector<float> curve(40, 0.0F);
    curve[10] = 1.0F;
    curve[16] = 2.0F;
    curve[23] = 1.0F;
    EXPECT_EQ(strokePeaks(curve), (std::vector<std::int64_t>{16, 23}));
}

TEST(MatchStrokes, EqualsTheDefinitionInNumpy) {
    auto golden = test::goldenValues("metrics/seeded.txt");
    const auto ours = speedCurve(90);
    const auto truth = speedCurve(91);
    const auto control = shiftedByHalf(truth);
    const StrokeMatch match = matchStrokes(strokePeaks(ours), strokePeaks(truth), kRate);
    EXPECT_NEAR(match.f1, golden["f1"].front(), kTolerance);
    EXPECT_NEAR(match.medianSeconds.value(), golden["timing"].front(), kTolerance);
    EXPECT_NEAR(matchStrokes(strokePeaks(ours), strokePeaks(control), kRate).f1,
                golden["f1_control"].front(), kTolerance);
    EXPECT_NEAR(correlation(ours, truth).value(), golden["correlation"].front(), kTolerance);
    EXPECT_NEAR(correlation(ours, control).value(), golden["correlation_control"].front(),
                kTolerance);
}

TEST(MatchStrokes, NothingFoundIsNothing) {
    const std::vector<std::int64_t> some{10, 50};
    for (const auto& match : {matchStrokes({}, some, kRate), matchStrokes(some, {}, kRate),
                              matchStrokes(some, std::vector<std::int64_t>{30, 90}, kRate)}) {
        EXPECT_EQ(match.f1, 0.0);
        EXPECT_FALSE(match.medianSeconds);
    }
}

TEST(StrokeScore, IsNothingByChanceAndOneAtTheCeiling) {
    EXPECT_DOUBLE_EQ(strokeScore(0.5, 0.5, 0.9).value(), 0.0);
    EXPECT_DOUBLE_EQ(strokeScore(0.9, 0.5, 0.9).value(), 1.0);
    EXPECT_FALSE(strokeScore(0.9, 0.5, 0.5));
}

TEST(HandSpeed, IsThatOfTheFasterWristRelativeToTheChest) {
    constexpr std::size_t kFrames = 5;
    std::vector<float> positions(kFrames * motion::kPoseSize);
    for (std::size_t frame = 0; frame < kFrames; ++frame) {
        const auto place = [&](int joint, float metres) {
            positions[frame * motion::kPoseSize + 3 * static_cast<std::size_t>(joint)] = metres;
        };
        const auto step = static_cast<float>(frame);
        place(9, 0.1F * step); // the chest walks
        place(motion::kLeftWrist, 0.1F * step);
        place(motion::kRightWrist, 0.1F * step + 0.02F * step);
    }
    for (const float speed : handSpeed(positions, kRate))
        EXPECT_NEAR(speed, 0.6F, 1e-5F);
    EXPECT_EQ(handSpeed(std::span(positions).first(motion::kPoseSize), kRate),
              std::vector<float>(1));
}

} // namespace
} // namespace gesture::metrics
