// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/beat_features.h"

#include "tests/core/audio/features/synthetic_speech.h"
#include "tests/support/golden_values.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>
#include <numeric>
#include <stop_token>

namespace gesture::audio {
namespace {

using test::goldenValues;
using test::largestDifference;
using test::syntheticSpeech;

// The original adds 1024 squares in single precision: some 2^-22 of the sum, which reaches 163.
constexpr double kEnergyShare = 3e-7;

BeatFeatures referenceOf(const Sound& sound) {
    JobControl control;
    return referenceBeatFeatures(sound, control).value();
}

std::vector<float> channelOf(const std::vector<float>& values, std::size_t channel,
                             std::size_t step = 1) {
    std::vector<float> column;
    for (std::size_t i = channel; i < values.size(); i += 3 * step)
        column.push_back(values[i]);
    return column;
}

void expectEqualChannels(const std::vector<float>& golden, const std::vector<float>& computed,
                         std::size_t step = 1) {
    const auto energy = channelOf(computed, 1);
    const double loudest = *std::max_element(energy.begin(), energy.end());
    EXPECT_LE(largestDifference("amplitude", channelOf(golden, 0), channelOf(computed, 0, step)),
              1e-10);
    EXPECT_LE(largestDifference("energy", channelOf(golden, 1), channelOf(computed, 1, step)),
              kEnergyShare * loudest);
    EXPECT_LE(largestDifference("onset", channelOf(golden, 2), channelOf(computed, 2, step)), 6e-8);
}

TEST(ReferenceBeatFeatures, EqualTheOriginals) {
    auto golden = goldenValues("features/rhythm.txt");
    Sound speech = syntheticSpeech(16000);
    expectEqualChannels(golden["long"], referenceOf(speech).values);
    EXPECT_EQ(referenceOf(speech).rate, (FrameRate{30, 1}));
    speech.samples.resize(1280);
    expectEqualChannels(golden["short"], referenceOf(speech).values);
    speech.samples.resize(1024);
    expectEqualChannels(golden["least"], referenceOf(speech).values);
}

TEST(ReferenceBeatFeatures, OfTheRealClipEqualTheOriginals) {
    GESTURE_SHARED_DATA_OR_SKIP(path, "2_scott_0_1_1_test.wav");
    auto golden = goldenValues("features/real_clip.txt");
    const auto beat = referenceOf(test::readSound(path));
    ASSERT_EQ(beat.frameCount(), 1922);
    expectEqualChannels(golden["rhythm"], beat.values, 100);
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const auto column = channelOf(beat.values, channel);
        EXPECT_FLOAT_EQ(*std::max_element(column.begin(), column.end()),
                        golden["rhythm_highest"][channel]);
        const double sum = std::accumulate(column.begin(), column.end(), 0.0);
        EXPECT_FLOAT_EQ(static_cast<float>(sum / static_cast<double>(column.size())),
                        golden["rhythm_mean"][channel]);
    }
}

TEST(ReferenceBeatFeatures, WrongInputIsRefusedInWords) {
    JobControl control;
    const auto rate = referenceBeatFeatures(syntheticSpeech(22050), control);
    ASSERT_FALSE(rate.ok());
    EXPECT_EQ(rate.error().code(), ErrorCode::InvalidInput);
    EXPECT_NE(rate.error().message().find("22050"), std::string::npos);
    EXPECT_FALSE(referenceBeatFeatures({16000, {}}, control).ok());
    const auto tooShort = referenceBeatFeatures({16000, std::vector<float>(1023)}, control);
    ASSERT_FALSE(tooShort.ok());
    EXPECT_NE(tooShort.error().message().find("too short"), std::string::npos);
}

TEST(ReferenceBeatFeatures, OfSilenceAreZero) {
    const auto beat = referenceOf({16000, std::vector<float>(16000)});
    EXPECT_EQ(beat.values, std::vector<float>(90, 0.0F));
}

TEST(FrameBeatFeatures, DescribeTheSamplesOfEachFrame) {
    Sound sound{16000, std::vector<float>(16000)};
    sound.samples[8100] = -0.75F; // frame 15 is [8000, 8533.3)
    sound.samples[8534] = 0.5F;   // frame 16
    JobControl control;
    const auto beat = frameBeatFeatures(sound, {30, 1}, {}, control);
    ASSERT_TRUE(beat.ok());
    ASSERT_EQ(beat->frameCount(), 30);
    EXPECT_EQ(beat->values[3 * 15], 0.75F);
    EXPECT_NEAR(beat->values[3 * 15 + 1], 0.75 * 0.75 / 534, 1e-9);
    EXPECT_EQ(beat->values[3 * 16], 0.5F);
    EXPECT_EQ(beat->values[3 * 14], 0.0F);
    EXPECT_EQ(beat->values[3 * 17], 0.0F);
}

TEST(FrameBeatFeatures, CoverTheWholeSoundAtAnyRate) {
    JobControl control;
    for (const int rate : {8000, 16000, 22050, 384000}) {
        const Sound sound = test::tone(rate, 200.0, 0.51);
        const auto beat = frameBeatFeatures(sound, {30000, 1001}, {}, control);
        ASSERT_TRUE(beat.ok());
        EXPECT_EQ(beat->frameCount(), 16) << rate; // 15.3 frames
        for (std::int64_t frame = 1; frame < 15; ++frame)
            EXPECT_NEAR(beat->values[static_cast<std::size_t>(3 * frame)], 0.5F, 0.01F) << rate;
    }
    EXPECT_EQ(frameBeatFeatures({16000, {}}, {30, 1}, {}, control)->frameCount(), 0);
    EXPECT_EQ(frameBeatFeatures({16000, {0.5F}}, {30, 1}, {}, control)->values,
              (std::vector<float>{0.5F, 0.25F, 0.0F}));
}

TEST(FrameBeatFeatures, MarkTheFramesOfOnsets) {
    JobControl control;
    const std::vector<Seconds> onsets{{0.0}, {0.5}, {0.98}, {7.0}};
    const auto beat =
        frameBeatFeatures({16000, std::vector<float>(16000)}, {30, 1}, onsets, control);
    ASSERT_TRUE(beat.ok());
    std::vector<float> expected(30);
    expected[0] = expected[15] = expected[29] = 1.0F; // the last one lies beyond the sound
    EXPECT_EQ(channelOf(beat->values, 2), expected);
}

TEST(FrameBeatFeatures, StopWhenAsked) {
    std::stop_source stop;
    stop.request_stop();
    JobControl control(stop.get_token(), {});
    const auto beat = frameBeatFeatures(syntheticSpeech(16000), {30, 1}, {}, control);
    ASSERT_FALSE(beat.ok());
    EXPECT_EQ(beat.error().code(), ErrorCode::Cancelled);
}

} // namespace
} // namespace gesture::audio
