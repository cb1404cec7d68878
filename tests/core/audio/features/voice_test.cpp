// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/energy.h"
#include "core/audio/features/pitch.h"
#include "core/audio/features/pitch_decoder.h"
#include "core/audio/features/voice_activity.h"
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

// Single-precision logarithm: 2^-24 of up to 100 dB.
constexpr double kEnergyDecibels = 1e-5;
// Pitch bins are ten cents wide: the same bin or not.
constexpr double kCent = 1.0;
constexpr double kShareWithinACent = 0.99;
// A trough whose height lies within rounding of one of the 100 thresholds may fall on its other
// side, and its frame's probability then differs by that threshold's share (0.05 at most).
constexpr double kVoicing = 1e-5;
constexpr double kShareOfEqualVoicing = 0.99;

PitchTrack pitchOf(const Sound& sound) {
    JobControl control;
    return trackPitch(sound, {}, control).value();
}

Series energyOf(const Sound& sound) {
    JobControl control;
    return energyDecibels(sound, samplesIn(0.032, sound.sampleRate),
                          samplesIn(0.01, sound.sampleRate), control)
        .value();
}

double distanceInCents(float a, float b) {
    if (a == 0.0F || b == 0.0F) return a == b ? 0.0 : 1e9;
    return std::abs(1200.0 * std::log2(static_cast<double>(a) / b));
}

void expectEqualPitch(const std::string& name, const std::vector<float>& hertz,
                      const std::vector<float>& voicing, const PitchTrack& track,
                      std::size_t step) {
    ASSERT_EQ(hertz.size(), (track.hertz.size() + step - 1) / step);
    std::size_t close = 0;
    std::size_t equal = 0;
    for (std::size_t i = 0; i < hertz.size(); ++i) {
        close += distanceInCents(hertz[i], track.hertz[i * step]) < kCent;
        equal += std::abs(voicing[i] - track.voicing[i * step]) < kVoicing;
    }
    const auto share = [&](std::size_t part) {
        return static_cast<double>(part) / static_cast<double>(hertz.size());
    };
    ::testing::Test::RecordProperty("within_a_cent" + name, std::to_string(share(close)));
    ::testing::Test::RecordProperty("equal_voicing" + name, std::to_string(share(equal)));
    EXPECT_GE(share(close), kShareWithinACent);
    EXPECT_GE(share(equal), kShareOfEqualVoicing);
}

TEST(Energy, EqualsLibrosas) {
    auto golden = goldenValues("features/voice.txt");
    for (const int rate : {8000, 16000, 22050}) {
        const std::string name = "energy_" + std::to_string(rate);
        EXPECT_LE(
            largestDifference(name.c_str(), golden[name], energyOf(syntheticSpeech(rate)).values),
            kEnergyDecibels)
            << rate;
    }
}

TEST(Energy, HasTheLevelsOfToneAndSilence) {
    const auto tone = energyOf(test::tone(16000, 1000.0, 1.0, 1.0));
    EXPECT_NEAR(tone.values[50], -3.0103, 1e-3);
    EXPECT_EQ(tone.framesPerSecond, 100.0);
    EXPECT_EQ(energyOf({16000, std::vector<float>(800)}).values,
              std::vector<float>(6, kSilenceDecibels));
    EXPECT_TRUE(energyOf({16000, {}}).values.empty());
    EXPECT_EQ(energyOf({16000, {1.0F}}).values.size(), 1U);
}

TEST(Pitch, EqualsLibrosas) {
    auto golden = goldenValues("features/voice.txt");
    for (const int rate : {8000, 16000, 22050}) {
        const std::string name = "_" + std::to_string(rate);
        expectEqualPitch(name, golden["hertz" + name], golden["voicing" + name],
                         pitchOf(syntheticSpeech(rate)), 1);
    }
}

TEST(Pitch, FollowsATone) {
    for (const int rate : {4000, 8000, 16000, 44100}) {
        const auto track = pitchOf(test::tone(rate, 200.0, 1.0));
        const std::size_t middle = track.hertz.size() / 2;
        // Ten cents are the width of a bin.
        EXPECT_LE(distanceInCents(track.hertz[middle], 200.0F), 10.0) << rate;
        EXPECT_GT(track.voicing[middle], 0.85F) << rate;
        EXPECT_EQ(track.hertz.size(), track.voicing.size());
    }
}

TEST(Pitch, HighRatesGiveTheSameGrid) {
    const auto track = pitchOf(test::tone(384000, 150.0, 0.3));
    EXPECT_EQ(track.framesPerSecond, 100.0);
    EXPECT_EQ(track.hertz.size(), 31U);
    EXPECT_LE(distanceInCents(track.hertz[15], 150.0F), 10.0);
}

TEST(Pitch, SilenceHasNone) {
    const auto silence = pitchOf({16000, std::vector<float>(16000)});
    EXPECT_EQ(silence.hertz, std::vector<float>(101, 0.0F));
    EXPECT_EQ(silence.voicing, std::vector<float>(101, 0.0F));
    EXPECT_TRUE(pitchOf({16000, {}}).hertz.empty());
    EXPECT_EQ(pitchOf({16000, {0.5F}}).hertz, std::vector<float>{0.0F});
    const auto constant = pitchOf({16000, std::vector<float>(16000, 0.25F)});
    for (const float probability : constant.voicing)
        EXPECT_TRUE(std::isfinite(probability));
}

TEST(Pitch, ExtremeSamplesGiveFiniteValues) {
    Sound sound = syntheticSpeech(16000);
    sound.samples[8000] = std::numeric_limits<float>::max();
    sound.samples[16000] = std::numeric_limits<float>::quiet_NaN();
    const auto track = pitchOf(sound);
    for (std::size_t i = 0; i < track.hertz.size(); ++i) {
        EXPECT_TRUE(std::isfinite(track.hertz[i]));
        EXPECT_TRUE(track.voicing[i] >= 0.0F && track.voicing[i] <= 1.0F);
    }
}

TEST(Pitch, RatesThatHoldNoSpeechAreRefusedInWords) {
    JobControl control;
    const auto track = trackPitch(test::tone(600, 100.0, 1.0), {}, control);
    ASSERT_FALSE(track.ok());
    EXPECT_EQ(track.error().code(), ErrorCode::InvalidInput);
    EXPECT_NE(track.error().message().find("600"), std::string::npos);
    PitchOptions tooShort;
    tooShort.frameLength = 200;
    EXPECT_FALSE(trackPitch(test::tone(16000, 100.0, 1.0), tooShort, control).ok());
    PitchOptions empty;
    empty.lowestHz = 500.0;
    EXPECT_FALSE(trackPitch(test::tone(16000, 100.0, 1.0), empty, control).ok());
}

TEST(Pitch, StopsWhenAsked) {
    std::stop_source stop;
    stop.request_stop();
    JobControl control(stop.get_token(), {});
    const auto track = trackPitch(syntheticSpeech(16000), {}, control);
    ASSERT_FALSE(track.ok());
    EXPECT_EQ(track.error().code(), ErrorCode::Cancelled);
}

TEST(PitchDecoder, HandsOutEveryFrameOnceAndEarly) {
    PitchDecoder decoder(40, 5);
    std::vector<int> states;
    const std::vector<PitchDecoder::BinProbability> sure{{17, 0.95}};
    for (int i = 0; i < 1000; ++i)
        decoder.push(sure, 0.05 / 40, states);
    EXPECT_GT(states.size(), 700U);
    decoder.finish(states);
    EXPECT_EQ(states, std::vector<int>(1000, 17));
}

TEST(PitchDecoder, LongSilenceIsUnvoicedAndBounded) {
    PitchDecoder decoder(40, 5);
    std::vector<int> states;
    const std::size_t frames = 3 * PitchDecoder::kMostFrames;
    for (std::size_t i = 0; i < frames; ++i) {
        decoder.push({}, 1.0 / 40, states);
        ASSERT_LE(i + 1 - states.size(), PitchDecoder::kMostFrames);
    }
    decoder.finish(states);
    ASSERT_EQ(states.size(), frames);
    for (const int state : states)
        ASSERT_GE(state, 40);
}

TEST(PitchDecoder, BridgesAGapThatIsLessLikelyThanSwitchingTwice) {
    PitchDecoder decoder(40, 5);
    std::vector<int> states;
    const std::vector<PitchDecoder::BinProbability> sure{{17, 0.9}};
    const std::vector<PitchDecoder::BinProbability> doubtful{{17, 0.3}};
    for (int i = 0; i < 20; ++i)
        decoder.push(sure, 0.1 / 40, states);
    decoder.push(doubtful, 0.7 / 40, states);
    for (int i = 0; i < 20; ++i)
        decoder.push(sure, 0.1 / 40, states);
    decoder.finish(states);
    EXPECT_EQ(states, std::vector<int>(41, 17));
}

std::vector<std::uint8_t> speechIn(const Sound& sound) {
    return detectSpeech(energyOf(sound), pitchOf(sound));
}

TEST(SpeechActivity, FindsSyllablesInSilenceAndInNoise) {
    // Ten decibels and more between voice (-11.6 dB) and noise.
    for (const float noise : {0.0F, 0.01F, 0.1F}) {
        Sound sound{16000, std::vector<float>(16000 * 6)};
        const Sound voice = test::tone(16000, 150.0, 2.0, 0.37);
        const Sound hiss = test::whiteNoise(16000, 6.0, noise);
        for (std::size_t i = 0; i < sound.samples.size(); ++i) {
            const bool speaking = i >= 32000 && i < 64000;
            sound.samples[i] = hiss.samples[i] + (speaking ? voice.samples[i - 32000] : 0.0F);
        }
        const auto speech = speechIn(sound);
        ASSERT_EQ(speech.size(), 601U);
        for (std::size_t i = 0; i < speech.size(); ++i) {
            // The windows are 64 ms long: within them the edge may lie.
            if (std::abs(static_cast<double>(i) - 200.0) < 5.0) continue;
            if (std::abs(static_cast<double>(i) - 400.0) < 5.0) continue;
            EXPECT_EQ(speech[i], i > 200 && i < 400 ? 1 : 0) << i << " at noise " << noise;
        }
    }
}

TEST(SpeechActivity, NoiseAndSilenceAreNoSpeech) {
    for (const float noise : {0.0F, 1e-5F, 0.01F, 0.3F}) {
        const auto speech = speechIn(test::whiteNoise(16000, 5.0, noise));
        EXPECT_EQ(std::accumulate(speech.begin(), speech.end(), 0), 0) << noise;
    }
    EXPECT_TRUE(speechIn({16000, {}}).empty());
    EXPECT_EQ(speechIn({16000, {0.5F}}), std::vector<std::uint8_t>{0});
}

TEST(SpeechActivity, TakesInTheHissThatFollowsAVowel) {
    Sound sound{16000, std::vector<float>(16000 * 3)};
    const Sound voice = test::tone(16000, 150.0, 0.5, 0.3);
    std::copy(voice.samples.begin(), voice.samples.end(), sound.samples.begin() + 16000);
    for (std::size_t i = 24000; i < 27200; ++i)
        sound.samples[i] = 0.05F * test::counterUniform(305, i);
    const auto speech = speechIn(sound);
    EXPECT_EQ(speech[155], 1);
    EXPECT_EQ(speech[165], 1);
    EXPECT_EQ(speech[180], 0);
    EXPECT_EQ(speech[90], 0);
}

TEST(Voice, OfTheRealClipEqualsLibrosas) {
    GESTURE_SHARED_DATA_OR_SKIP(path, "2_scott_0_1_1_test.wav");
    auto golden = goldenValues("features/real_clip.txt");
    const Sound sound = test::readSound(path);
    const auto track = pitchOf(sound);
    expectEqualPitch("", golden["hertz"], golden["voicing"], track, 20);
    const auto energy = energyOf(sound);
    EXPECT_LE(largestDifference("energy", golden["energy"], energy.values, 20), kEnergyDecibels);
    const auto speech = detectSpeech(energy, track);
    const double share =
        std::accumulate(speech.begin(), speech.end(), 0.0) / static_cast<double>(speech.size());
    EXPECT_GT(share, 0.6);
    EXPECT_LT(share, 0.95);
}

} // namespace
} // namespace gesture::audio
