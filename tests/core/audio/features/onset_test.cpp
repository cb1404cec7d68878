// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/onset.h"

#include "core/audio/features/beat_times.h"
#include "core/audio/resample.h"
#include "tests/core/audio/features/synthetic_speech.h"
#include "tests/support/golden_values.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>
#include <limits>
#include <numeric>
#include <stop_token>

namespace gesture::audio {
namespace {

using test::goldenValues;
using test::largestDifference;
using test::syntheticSpeech;

// librosa averages 128 decibel values in single precision, whose own error is some 1e-6 of 100 dB.
constexpr double kStrength = 5e-5;

std::vector<float> asFloats(const std::vector<std::int64_t>& frames) {
    return {frames.begin(), frames.end()};
}

Series strengthOf(const Sound& sound, int hop = 512) {
    JobControl control;
    MelOptions options;
    options.hop = hop;
    return onsetStrength(sound, options, control).value();
}

TEST(Onset, StrengthAndFramesEqualLibrosasAtManyRates) {
    auto golden = goldenValues("features/onsets.txt");
    const std::vector<std::pair<int, int>> cases{
        {8000, 512}, {16000, 512}, {16000, 160}, {22050, 512}, {48000, 512}};
    for (const auto& [rate, hop] : cases) {
        const std::string name = std::to_string(rate) + "_" + std::to_string(hop);
        const auto strength = strengthOf(syntheticSpeech(rate), hop).values;
        const std::size_t step = hop == 512 && rate <= 22050 ? 1 : 7;
        EXPECT_LE(largestDifference(("strength_" + name).c_str(), golden["strength_" + name],
                                    strength, step),
                  kStrength)
            << name;
        EXPECT_EQ(asFloats(detectOnsets(strength, rate, hop)), golden["onsets_" + name]) << name;
    }
}

TEST(Onset, PeaksEqualLibrosas) {
    auto golden = goldenValues("features/onsets.txt");
    std::vector<float> values(240);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = test::counterUniform(301, i);
    std::fill(values.begin() + 100, values.begin() + 104, values[99]);
    const std::vector<PeakPicking> settings{{0, 1, 3, 4, 0.07, 0},
                                            {3, 3, 3, 5, 0.2, 10},
                                            {1, 1, 10, 1, 0.0, 1},
                                            {20, 21, 40, 41, 0.5, 0},
                                            {0, 1, 0, 1, 0.0, 3}};
    for (std::size_t i = 0; i < settings.size(); ++i)
        EXPECT_EQ(asFloats(pickPeaks(values, settings[i])), golden["peaks_" + std::to_string(i)])
            << i;
}

TEST(Onset, SettingsFollowFromRateAndHop) {
    EXPECT_EQ(onsetPeakPicking(16000, 512), (PeakPicking{0, 1, 3, 4, 0.07, 0}));
    EXPECT_EQ(onsetPeakPicking(22050, 512), (PeakPicking{1, 1, 4, 5, 0.07, 1}));
    EXPECT_EQ(onsetPeakPicking(16000, 160), (PeakPicking{3, 1, 10, 11, 0.07, 3}));
}

TEST(Onset, NothingIsFoundWhereNothingSounds) {
    JobControl control;
    EXPECT_TRUE(onsetFrames({16000, {}}, control)->empty());
    EXPECT_TRUE(onsetFrames({16000, {0.5F}}, control)->empty());
    EXPECT_TRUE(onsetFrames({16000, std::vector<float>(100, 0.1F)}, control)->empty());
    EXPECT_TRUE(onsetFrames({16000, std::vector<float>(32000, 0.0F)}, control)->empty());
    EXPECT_TRUE(detectOnsets(std::vector<float>(50, 0.25F), 16000, 512).empty());
    EXPECT_TRUE(
        detectOnsets({{0.0F, std::numeric_limits<float>::quiet_NaN(), 1.0F}}, 16000, 512).empty());
}

TEST(Onset, ExtremeSamplesGiveFiniteStrength) {
    Sound sound = syntheticSpeech(16000);
    sound.samples[8000] = std::numeric_limits<float>::max();
    sound.samples[16000] = std::numeric_limits<float>::quiet_NaN();
    for (const float value : strengthOf(sound).values)
        EXPECT_TRUE(std::isfinite(value));
}

TEST(Onset, StopsWhenAsked) {
    std::stop_source stop;
    stop.request_stop();
    JobControl control(stop.get_token(), {});
    const auto frames = onsetFrames(syntheticSpeech(16000), control);
    ASSERT_FALSE(frames.ok());
    EXPECT_EQ(frames.error().code(), ErrorCode::Cancelled);
}

TEST(BeatTimes, SlicesAndOnsetsEqualTheOriginals) {
    auto golden = goldenValues("features/onsets.txt");
    const Sound speech = syntheticSpeech(16000, 9.0);
    JobControl control;
    for (const auto& [name, protocol] : {std::pair{"legacy", BeatProtocol::Legacy},
                                         std::pair{"evaltools", BeatProtocol::EvalTools}}) {
        const auto slice =
            beatSlice(static_cast<std::int64_t>(speech.samples.size()), 200, protocol);
        EXPECT_EQ(static_cast<float>(slice.length()), golden[std::string("slice_") + name][0]);
        const auto times = audioBeatTimes(speech, 200, protocol, control);
        ASSERT_TRUE(times.ok());
        EXPECT_LE(largestDifference(name, golden[std::string("beats_") + name], *times), 1e-6);
    }
}

TEST(BeatTimes, AreNoneWhenTheSliceIsEmpty) {
    JobControl control;
    const Sound speech = syntheticSpeech(16000, 3.0);
    EXPECT_TRUE(audioBeatTimes(speech, 64, BeatProtocol::Legacy, control)->empty());
    EXPECT_TRUE(audioBeatTimes(speech, 64, BeatProtocol::EvalTools, control)->empty());
    EXPECT_TRUE(audioBeatTimes({16000, {}}, 600, BeatProtocol::Legacy, control)->empty());
}

TEST(BeatTimes, OtherRatesAreRefusedInWords) {
    JobControl control;
    const auto times = audioBeatTimes(syntheticSpeech(8000), 200, BeatProtocol::Legacy, control);
    ASSERT_FALSE(times.ok());
    EXPECT_EQ(times.error().code(), ErrorCode::InvalidInput);
    EXPECT_NE(times.error().message().find("8000"), std::string::npos);
}

/// `golden`: how many beats, the first five, the sum of all.
void expectBeats(const std::vector<double>& times, const std::vector<float>& golden) {
    ASSERT_EQ(static_cast<float>(times.size()), golden[0]);
    for (std::size_t i = 0; i < 5; ++i)
        EXPECT_FLOAT_EQ(static_cast<float>(times[i]), golden[i + 1]);
    EXPECT_FLOAT_EQ(static_cast<float>(std::accumulate(times.begin(), times.end(), 0.0)),
                    golden[6]);
}

TEST(BeatTimes, OnsetsOfTheRealClipEqualTheOriginals) {
    GESTURE_SHARED_DATA_OR_SKIP(path, "2_scott_0_1_1_test.wav");
    auto golden = goldenValues("features/real_clip.txt");
    const Sound speech = test::readSound(path);
    const auto strength = strengthOf(speech).values;
    EXPECT_LE(largestDifference("strength", golden["strength"], strength, 50), kStrength);
    const auto frames = detectOnsets(strength, 16000, 512);
    int adjacent = 0;
    for (std::size_t i = 1; i < frames.size(); ++i)
        adjacent += frames[i] == frames[i - 1] + 1;
    EXPECT_EQ(frames.size(), 358U);
    EXPECT_EQ(adjacent, 126);
    EXPECT_EQ(std::accumulate(frames.begin(), frames.end(), std::int64_t{0}),
              static_cast<std::int64_t>(golden["onset_sum"][0]));

    JobControl control;
    const auto times = audioBeatTimes(speech, 1864, BeatProtocol::EvalTools, control);
    ASSERT_TRUE(times.ok());
    expectBeats(*times, golden["evaltools"]);
}

TEST(BeatTimes, OfTheRealClipInTheReferencePathEqualTheOriginals) {
    GESTURE_SHARED_DATA_OR_SKIP(path, "2_scott_0_1_1_test.wav");
    auto golden = goldenValues("features/real_clip.txt");
    JobControl control;
    const auto signals = readSpeech(path, SpeechPath::Reference, control);
    ASSERT_TRUE(signals.ok());
    const auto times = audioBeatTimes(signals->speech16k, 1864, BeatProtocol::Legacy, control);
    ASSERT_TRUE(times.ok());
    expectBeats(*times, golden["legacy"]);
}

} // namespace
} // namespace gesture::audio
