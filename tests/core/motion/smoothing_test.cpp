// SPDX-License-Identifier: Apache-2.0
#include "core/motion/smoothing.h"

#include "core/motion/low_pass.h"
#include "core/motion/root_drift.h"
#include "tests/support/counter_random.h"
#include "tests/support/synthetic_clip.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace gesture::motion {
namespace {

constexpr FrameRate kRate{30, 1};

std::vector<float> wave(std::size_t frames, double hertz, double phase = 0.0) {
    std::vector<float> values(frames);
    for (std::size_t i = 0; i < frames; ++i) {
        values[i] = static_cast<float>(
            std::sin(2.0 * std::numbers::pi * hertz * static_cast<double>(i) / 30.0 + phase));
    }
    return values;
}

TEST(LowPass, HalvesThePowerAtTheCutoffWithoutDelay) {
    const std::vector<float> in = wave(600, 2.0);
    const std::vector<float> out = LowPass(2.0, kRate)(in, 1);
    for (std::size_t i = 60; i < 540; ++i) {
        EXPECT_NEAR(out[i], in[i] * std::numbers::sqrt2 / 2.0, 0.01) << i;
    }
}

TEST(LowPass, LinesStayLinesUpToTheEnds) {
    std::vector<float> line(100);
    for (std::size_t i = 0; i < line.size(); ++i) {
        line[i] = 3.0F - 0.2F * static_cast<float>(i);
    }
    const std::vector<float> out = LowPass(0.5, kRate)(line, 1);
    for (std::size_t i = 0; i < line.size(); ++i) {
        EXPECT_NEAR(out[i], line[i], 1e-4F);
    }
}

TEST(LowPass, ChannelsStayApartAndShortCurvesWork) {
    const std::vector<float> in{1.0F, 10.0F, 2.0F, 10.0F, 4.0F, 10.0F};
    const std::vector<float> out = LowPass(0.1, kRate)(in, 2);
    EXPECT_FLOAT_EQ(out[1], 10.0F);
    EXPECT_FLOAT_EQ(out[5], 10.0F);
    EXPECT_EQ(LowPass(0.1, kRate)(std::vector<float>{7.0F}, 1), std::vector<float>{7.0F});
    EXPECT_TRUE(LowPass(0.1, kRate)(std::vector<float>{}, 1).empty());
}

struct Motion {
    explicit Motion(std::size_t frames)
        : data(test::syntheticClipData(frames)) {}
    MotionSpans spans() { return {data.poses, data.translations, data.expressions, {}}; }
    Clip::Data data;
};

TEST(Smoothing, QuietsJitterAndKeepsSlowMovement) {
    Motion motion(300);
    const std::vector<float> slow = wave(300, 0.5);
    for (std::size_t i = 0; i < 300; ++i) {
        for (std::size_t c = 0; c < kPoseSize; ++c) {
            const float noise = 0.05F * test::counterUniform(9, i * kPoseSize + c);
            motion.data.poses[i * kPoseSize + c] = (c % 3 == 1 ? 0.4F * slow[i] : 0.0F) + noise;
        }
    }
    JobControl control;
    ASSERT_TRUE(smoothMotion(motion.spans(), kRate, {{5.0, 5.0, 5.0, 5.0}}, control).ok());
    double error = 0.0;
    for (std::size_t i = 0; i < 300; ++i) {
        const double wrist = motion.data.poses[i * kPoseSize + 3 * kLeftWrist + 1];
        error += std::pow(wrist - 0.4 * static_cast<double>(slow[i]), 2) / 300.0;
    }
    // Noise of 0.05 uniform has 0.029 standard deviation; a third of the band is left.
    EXPECT_LT(std::sqrt(error), 0.02);
}

TEST(Smoothing, AgreesWithAPlainFilterForTurnsAboutOneAxis) {
    Motion motion(120);
    std::vector<float> angles(120);
    for (std::size_t i = 0; i < 120; ++i) {
        angles[i] = 0.8F * test::counterUniform(4, i);
        float* const elbow = &motion.data.poses[i * kPoseSize + 3 * kLeftElbow];
        elbow[0] = elbow[2] = 0.0F;
        elbow[1] = angles[i];
    }
    JobControl control;
    ASSERT_TRUE(smoothMotion(motion.spans(), kRate, {{0.0, 4.0, 0.0, 0.0}}, control).ok());
    const std::vector<float> wanted = LowPass(4.0, kRate)(angles, 1);
    for (std::size_t i = 0; i < 120; ++i) {
        EXPECT_NEAR(motion.data.poses[i * kPoseSize + 3 * kLeftElbow + 1], wanted[i], 1e-5F) << i;
    }
}

TEST(Smoothing, PartsWithCutoffZeroAndEyesStayAsTheyAre) {
    Motion motion(50);
    const Clip::Data before = motion.data;
    JobControl control;
    ASSERT_TRUE(smoothMotion(motion.spans(), kRate, {{0.0, 0.0, 3.0, 0.0}}, control).ok());
    for (std::size_t i = 0; i < before.poses.size(); ++i) {
        const auto joint = static_cast<int>(i % kPoseSize / 3);
        ASSERT_TRUE(partOf(joint) == BodyPart::Hands || motion.data.poses[i] == before.poses[i]);
    }
    EXPECT_NE(motion.data.poses, before.poses);
    EXPECT_EQ(motion.data.translations, before.translations);
    EXPECT_EQ(motion.data.expressions, before.expressions);
}

TEST(Smoothing, NonsenseIsRefusedAndStoppingIsHeard) {
    Motion motion(50);
    JobControl control;
    const Smoothing nonsense{{std::numeric_limits<double>::quiet_NaN(), 1.0, 1.0, 1.0}};
    EXPECT_EQ(smoothMotion(motion.spans(), kRate, nonsense, control).error().code(),
              ErrorCode::Usage);
    std::stop_source source;
    source.request_stop();
    JobControl stopped(source.get_token(), {});
    EXPECT_EQ(smoothMotion(motion.spans(), kRate, {}, stopped).error().code(),
              ErrorCode::Cancelled);
}

TEST(RootDrift, StaysBoundedOverTenMinutesAndKeepsSway) {
    const std::size_t frames = 10 * 60 * 30;
    std::vector<float> translations(3 * frames);
    float x = 0.3F;
    float z = -0.2F;
    const std::vector<float> sway = wave(frames, 0.4);
    for (std::size_t i = 0; i < frames; ++i) {
        // What integrated velocities do: a bias, and a walk at random.
        x += 0.001F + 0.002F * test::counterUniform(1, i);
        z += -0.0005F + 0.002F * test::counterUniform(2, i);
        translations[3 * i] = x + 0.03F * sway[i];
        translations[3 * i + 1] = 1.3F + 0.01F * sway[i];
        translations[3 * i + 2] = z;
    }
    const std::vector<float> before = translations;
    removeRootDrift(translations, kRate);
    EXPECT_GT(before[3 * frames - 3], 10.0F) << "it did drift";
    double power = 0.0;
    for (std::size_t i = 0; i < frames; ++i) {
        ASSERT_NEAR(translations[3 * i], before[0], 0.1F) << i;
        ASSERT_NEAR(translations[3 * i + 2], before[2], 0.1F) << i;
        ASSERT_EQ(translations[3 * i + 1], before[3 * i + 1]);
        power += 2.0 * static_cast<double>((translations[3 * i] - before[0]) * sway[i]) /
                 static_cast<double>(frames);
    }
    EXPECT_NEAR(power, 0.03, 0.003) << "the sway is there, at nine tenths or more";
}

TEST(RootDrift, HoldingGivesTheFirstTranslationToAll) {
    std::vector<float> translations{1.0F, 2.0F, 3.0F, 4.0F, 5.0F, 6.0F, 7.0F, 8.0F, 9.0F};
    holdRoot(translations);
    EXPECT_EQ(translations,
              (std::vector<float>{1.0F, 2.0F, 3.0F, 1.0F, 2.0F, 3.0F, 1.0F, 2.0F, 3.0F}));
    std::vector<float> none;
    holdRoot(none);
    removeRootDrift(none, kRate);
    EXPECT_TRUE(none.empty());
}

} // namespace
} // namespace gesture::motion
