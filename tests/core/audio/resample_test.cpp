// SPDX-License-Identifier: Apache-2.0
#include "core/audio/resample.h"

#include "tests/core/audio/sound_files.h"
#include "tests/support/counter_random.h"
#include "tests/support/golden_values.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

namespace gesture::audio {
namespace {

using test::goldenValues;
using test::writeSound;

/// Rounding of floats below 1: half a unit in the last place is 6e-8.
constexpr float kTolerance = 3e-7F;

std::vector<float> noise(std::uint64_t stream, std::size_t count) {
    std::vector<float> samples(count);
    for (std::size_t i = 0; i < count; ++i)
        samples[i] = 0.5F * test::counterUniform(stream, i);
    return samples;
}

using Golden = std::map<std::string, std::vector<float>>;

void expectGolden(const Golden& golden, const std::string& name, const Sound& sound) {
    const auto found = golden.find(name);
    ASSERT_NE(found, golden.end()) << name;
    ASSERT_EQ(static_cast<float>(sound.samples.size()), golden.at(name + "_length").at(0)) << name;
    const auto step = static_cast<std::size_t>(golden.at("every").at(0));
    float worst = 0;
    for (std::size_t i = 0; i < found->second.size(); ++i)
        worst = std::max(worst, std::abs(sound.samples.at(i * step) - found->second[i]));
    const std::vector<float>& tail = golden.at(name + "_tail");
    const std::size_t first = sound.samples.size() - tail.size();
    for (std::size_t i = 0; i < tail.size(); ++i)
        worst = std::max(worst, std::abs(sound.samples.at(first + i) - tail[i]));
    EXPECT_LE(worst, kTolerance) << name;
}

TEST(Resample, EqualsLibrosaAtAllRates) {
    const Golden golden = goldenValues("audio/resample.txt");
    const std::vector<std::pair<int, int>> rates{{16000, 22050}, {22050, 16000}, {48000, 16000},
                                                 {44100, 16000}, {8000, 16000},  {16000, 48000},
                                                 {96000, 22050}, {11025, 16000}, {384000, 16000}};
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const auto [from, to] = rates[i];
        const Sound sound{from, noise(700 + i, static_cast<std::size_t>(from / 2 + 13))};
        const auto result = resampled(sound, to);
        ASSERT_TRUE(result.ok()) << result.error().message();
        EXPECT_EQ(result->sampleRate, to);
        expectGolden(golden, "from_" + std::to_string(from) + "_to_" + std::to_string(to), *result);
    }
}

TEST(Resample, RoundTripOfTheReferenceEqualsLibrosa) {
    const auto up = resampled({16000, noise(720, 16001)}, 22050);
    ASSERT_TRUE(up.ok());
    const auto back = resampled(*up, 16000);
    ASSERT_TRUE(back.ok());
    expectGolden(goldenValues("audio/resample.txt"), "round_trip", *back);
}

TEST(Resample, PiecesOfAnySizeGiveTheSameSamples) {
    const Sound sound{48000, noise(730, 50000)};
    const auto whole = resampled(sound, 16000);
    ASSERT_TRUE(whole.ok());
    auto resampler = Resampler::create(48000, 16000);
    ASSERT_TRUE(resampler.ok());
    std::vector<float> pieces;
    const std::span<const float> samples = sound.samples;
    for (std::size_t at = 0, size = 1; at < samples.size(); at += size, size = size * 3 + 1)
        resampler->push(samples.subspan(at, std::min(size, samples.size() - at)), pieces);
    resampler->finish(pieces);
    pieces.resize(whole->samples.size());
    EXPECT_EQ(pieces, whole->samples);
}

TEST(Resample, TheOwnRateChangesNothing) {
    const Sound sound{16000, noise(731, 100)};
    EXPECT_EQ(resampled(sound, 16000)->samples, sound.samples);
}

TEST(Resample, NothingStaysNothing) {
    const auto result = resampled({16000, {}}, 22050);
    ASSERT_TRUE(result.ok());
    EXPECT_TRUE(result->samples.empty());
}

TEST(Resample, FarRatesAndWrongRatesAreAnsweredInWords) {
    for (const auto& [from, to] : std::vector<std::pair<int, int>>{{1, 768000},
                                                                   {1, 16000},
                                                                   {768000, 1},
                                                                   {1, 2},
                                                                   {44100, 44101},
                                                                   {768000, 8000},
                                                                   {8000, 768000}}) {
        const auto result = resampled({from, noise(732, 300)}, to);
        if (!result) {
            EXPECT_FALSE(result.error().message().empty());
        }
    }
    EXPECT_EQ(resampled({16000, {0.5F}}, 0).error().code(), ErrorCode::Usage);
    EXPECT_EQ(resampled({16000, {0.5F}}, 768001).error().code(), ErrorCode::Usage);
    const auto huge = resampled({1, std::vector<float>(100000)}, 16000);
    ASSERT_FALSE(huge.ok());
    EXPECT_EQ(huge.error().code(), ErrorCode::LimitExceeded);
}

TEST(ReadMono, EqualsLibrosaLoadOnStereo) {
    const test::TemporaryFolder folder;
    const auto left = noise(721, 24000);
    const auto right = noise(722, 24000);
    std::vector<float> interleaved;
    for (std::size_t i = 0; i < left.size(); ++i) {
        interleaved.push_back(left[i]);
        interleaved.push_back(right[i]);
    }
    writeSound(folder / "a.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48000, 2, interleaved);
    JobControl control;
    const auto sound = readMono(folder / "a.wav", 22050, control);
    ASSERT_TRUE(sound.ok()) << sound.error().message();
    expectGolden(goldenValues("audio/resample.txt"), "load_stereo", *sound);
    const auto native = readMono(folder / "a.wav", 0, control);
    ASSERT_TRUE(native.ok());
    EXPECT_EQ(native->sampleRate, 48000);
    EXPECT_EQ(native->samples.size(), 24000U);
    EXPECT_EQ(native->samples[100], (left[100] + right[100]) / 2);
}

TEST(ReadMono, EmptySoundsAreRefusedAndStoppingIsAnswered) {
    const test::TemporaryFolder folder;
    writeSound(folder / "empty.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16000, 1, {});
    JobControl control;
    const auto empty = readMono(folder / "empty.wav", 0, control);
    ASSERT_FALSE(empty.ok());
    EXPECT_EQ(empty.error().code(), ErrorCode::InvalidInput);

    writeSound(folder / "a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16000, 1, noise(740, 50000));
    std::stop_source stop;
    JobControl stopped(stop.get_token(), [&](const Progress&) { stop.request_stop(); });
    const auto cancelled = readMono(folder / "a.wav", 22050, stopped);
    ASSERT_FALSE(cancelled.ok());
    EXPECT_EQ(cancelled.error().code(), ErrorCode::Cancelled);
}

TEST(ReadSpeech, CorrectPathHearsTheSameSignal) {
    const test::TemporaryFolder folder;
    writeSound(folder / "a.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 16000, 1, noise(750, 5000));
    JobControl control;
    const auto signals = readSpeech(folder / "a.wav", SpeechPath::Correct, control);
    ASSERT_TRUE(signals.ok());
    EXPECT_EQ(signals->speech16k.samples, noise(750, 5000));
    EXPECT_EQ(signals->encoderInput().samples, signals->speech16k.samples);
}

TEST(ReadSpeech, ReferencePathOfTheRealClipEqualsLibrosa) {
    GESTURE_SHARED_DATA_OR_SKIP(path, "2_scott_0_1_1_test.wav");
    JobControl control;
    const auto signals = readSpeech(path, SpeechPath::Reference, control);
    ASSERT_TRUE(signals.ok());
    EXPECT_EQ(signals->encoderInput().sampleRate, 22050);
    EXPECT_EQ(signals->encoderInput().samples.size(), 1413348U);
    EXPECT_EQ(signals->speech16k.samples.size(), 1025559U);
    const Golden golden = goldenValues("audio/real_clip.txt");
    expectGolden(golden, "load", signals->encoderInput());
    expectGolden(golden, "round_trip", signals->speech16k);
}

} // namespace
} // namespace gesture::audio
