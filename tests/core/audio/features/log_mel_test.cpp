// SPDX-License-Identifier: Apache-2.0
// The small speech encoder's input against librosa (tests/golden/make_speech_golden.py).
#include "core/audio/features/log_mel.h"
#include "tests/core/audio/features/synthetic_speech.h"
#include "tests/support/golden_values.h"

#include <gtest/gtest.h>
#include <limits>

namespace gesture::audio {
namespace {

// Standard deviations of bands are 1 to 4 nepers; powers 60 dB below the loudest have 2e-5.
constexpr double kTolerance = 5e-5;

TEST(SpeechLogMel, EqualsLibrosas) {
    JobControl control;
    const auto golden = test::goldenValues("features/log_mel.txt");
    const auto mel = speechLogMel(test::syntheticSpeech(16'000), control);
    ASSERT_TRUE(mel.ok());
    EXPECT_EQ(mel->framesPerSecond, 50.0);
    EXPECT_EQ(mel->bands, 80);
    ASSERT_EQ(mel->values.size(), static_cast<std::size_t>(golden.at("frames").at(0)) * 80);
    std::vector<float> rows;
    for (std::size_t frame = 0; frame * 80 < mel->values.size(); frame += 7)
        rows.insert(rows.end(), mel->values.begin() + static_cast<std::ptrdiff_t>(frame * 80),
                    mel->values.begin() + static_cast<std::ptrdiff_t>(frame * 80 + 80));
    EXPECT_LE(test::largestDifference("normalised", golden.at("normalised"), rows), kTolerance);
}

TEST(SpeechLogMel, LoudnessDoesNotMatter) {
    JobControl control;
    const Sound sound = test::syntheticSpeech(16'000);
    Sound quiet = sound;
    for (float& sample : quiet.samples)
        sample *= 0.25F;
    const auto mel = speechLogMel(sound, control);
    const auto quietMel = speechLogMel(quiet, control);
    ASSERT_TRUE(mel.ok() && quietMel.ok());
    EXPECT_LE(test::largestDifference("loudness", mel->values, quietMel->values), kTolerance);
}

TEST(SpeechLogMel, SilenceAndNoNumbersGiveFiniteValues) {
    JobControl control;
    Sound sound{16'000, std::vector<float>(16'000, 0.0F)};
    const auto silence = speechLogMel(sound, control);
    ASSERT_TRUE(silence.ok());
    EXPECT_EQ(silence->values, std::vector<float>(51 * 80, 0.0F));
    sound.samples[8'000] = std::numeric_limits<float>::quiet_NaN();
    const auto damaged = speechLogMel(sound, control);
    ASSERT_TRUE(damaged.ok());
    EXPECT_EQ(damaged->values, silence->values);
    EXPECT_EQ(speechLogMel({16'000, {0.5F}}, control)->values.size(), 80U);
}

TEST(SpeechLogMel, RefusesOtherRatesAndNothing) {
    JobControl control;
    EXPECT_EQ(speechLogMel(test::syntheticSpeech(22'050), control).error().code(),
              ErrorCode::InvalidInput);
    EXPECT_EQ(speechLogMel({16'000, {}}, control).error().code(), ErrorCode::InvalidInput);
}

} // namespace
} // namespace gesture::audio
