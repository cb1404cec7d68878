// SPDX-License-Identifier: Apache-2.0
#include "core/audio/audio_file.h"

#include "core/base/atomic_file.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <numbers>
#include <sndfile.h>

namespace gesture::audio {
namespace {

void writeSound(const std::filesystem::path& path, int format, int rate, int channels,
                const std::vector<float>& interleaved) {
    SF_INFO information{};
    information.samplerate = rate;
    information.channels = channels;
    information.format = format;
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &information);
    ASSERT_NE(file, nullptr) << sf_strerror(nullptr);
    const auto frames = static_cast<sf_count_t>(interleaved.size()) / channels;
    ASSERT_EQ(sf_writef_float(file, interleaved.data(), frames), frames);
    sf_close(file);
}

std::vector<float> sine(int rate, double seconds, double amplitude) {
    std::vector<float> samples(static_cast<std::size_t>(rate * seconds));
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = static_cast<float>(
            amplitude * std::sin(2.0 * std::numbers::pi * 200.0 * static_cast<double>(i) / rate));
    return samples;
}

TEST(AudioReader, ReadsWhatTheContentIsWhateverTheName) {
    const test::TemporaryFolder folder;
    const auto samples = sine(16000, 0.5, 0.5);
    const auto path = folder / "flac-inside.wav";
    writeSound(path, SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 16000, 1, samples);
    auto reader = AudioReader::open(path);
    ASSERT_TRUE(reader.ok());
    EXPECT_EQ(reader->info().sampleRate, 16000);
    EXPECT_EQ(reader->info().sampleCount, 8000);
    std::vector<float> out(8000);
    ASSERT_EQ(reader->read(out), 8000);
    EXPECT_NEAR(out[20], samples[20], 1.0 / 32768);
}

TEST(AudioReader, SeeksAndEndsWithZero) {
    const test::TemporaryFolder folder;
    const auto path = folder / "a.wav";
    writeSound(path, SF_FORMAT_WAV | SF_FORMAT_FLOAT, 8000, 2, sine(8000, 1.0, 0.5));
    auto reader = AudioReader::open(path);
    ASSERT_TRUE(reader.ok());
    ASSERT_TRUE(reader->seek({3990}).ok());
    std::vector<float> out(64);
    EXPECT_EQ(reader->read(out), 10);
    EXPECT_EQ(reader->read(out), 0);
}

TEST(AudioReader, SamplesThatAreNotNumbersBecomeSilence) {
    const test::TemporaryFolder folder;
    const auto path = folder / "nan.wav";
    writeSound(path, SF_FORMAT_WAV | SF_FORMAT_FLOAT, 8000, 1,
               {0.5F, std::numeric_limits<float>::quiet_NaN(),
                std::numeric_limits<float>::infinity(), -0.5F});
    auto reader = AudioReader::open(path);
    ASSERT_TRUE(reader.ok());
    std::vector<float> out(4);
    ASSERT_EQ(reader->read(out), 4);
    EXPECT_EQ(out, (std::vector<float>{0.5F, 0.0F, 0.0F, -0.5F}));
}

TEST(AudioReader, OtherFilesAreRefusedInWords) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(writeTextAtomically(folder / "a.wav", "not a sound").ok());
    const auto text = AudioReader::open(folder / "a.wav");
    ASSERT_FALSE(text.ok());
    EXPECT_EQ(text.error().code(), ErrorCode::InvalidInput);
    EXPECT_NE(text.error().message().find("a.wav"), std::string::npos);
    EXPECT_EQ(AudioReader::open(folder / "missing.wav").error().code(), ErrorCode::NotFound);
    EXPECT_FALSE(AudioReader::open(folder.path()).ok());
}

TEST(FrameLoudness, IsTheRmsOfEachFrame) {
    const test::TemporaryFolder folder;
    const auto path = folder / "a.wav";
    std::vector<float> samples = sine(24000, 1.0, 0.8);
    std::fill(samples.begin() + 12000, samples.end(), 0.0F);
    writeSound(path, SF_FORMAT_WAV | SF_FORMAT_FLOAT, 24000, 1, samples);
    const auto loudness = frameLoudness(path, {30, 1});
    ASSERT_TRUE(loudness.ok());
    ASSERT_EQ(loudness->size(), 30U);
    // 800 samples hold 6⅔ periods, so the RMS of one frame is near, not at, 0.8/√2.
    EXPECT_NEAR((*loudness)[5], 0.8 / std::numbers::sqrt2, 0.03);
    EXPECT_EQ((*loudness)[20], 0.0F);
}

TEST(WaveformOverview, HoldsTheExtremesOfEachColumn) {
    const test::TemporaryFolder folder;
    const auto path = folder / "a.wav";
    std::vector<float> samples(1000, 0.0F);
    samples[150] = 0.75F;
    samples[151] = -0.25F;
    writeSound(path, SF_FORMAT_WAV | SF_FORMAT_FLOAT, 8000, 1, samples);
    const auto overview = waveformOverview(path, 10);
    ASSERT_TRUE(overview.ok());
    EXPECT_EQ(overview->highest[1], 0.75F);
    EXPECT_EQ(overview->lowest[1], -0.25F);
    EXPECT_EQ(overview->highest[0], 0.0F);
    EXPECT_EQ(waveformOverview(path, 5000)->rms.size(), 1000U);
}

TEST(AudioReader, ReadsTheRealClip) {
    GESTURE_SHARED_DATA_OR_SKIP(path, "2_scott_0_1_1_test.wav");
    const auto reader = AudioReader::open(path);
    ASSERT_TRUE(reader.ok());
    EXPECT_EQ(reader->info().sampleRate, 16000);
    EXPECT_EQ(reader->info().channels, 1);
    EXPECT_EQ(reader->info().sampleCount, 1025558);
}

} // namespace
} // namespace gesture::audio
