// SPDX-License-Identifier: Apache-2.0
#include "core/audio/audio_writer.h"

#include "core/audio/audio_file.h"
#include "core/base/atomic_file.h"
#include "tests/support/counter_random.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

namespace gesture::audio {
namespace {

constexpr std::array kCodings{SoundCoding::WavPcm16, SoundCoding::WavPcm24, SoundCoding::WavFloat,
                              SoundCoding::FlacPcm16, SoundCoding::FlacPcm24};

std::vector<float> readAll(const std::filesystem::path& path) {
    auto reader = AudioReader::open(path);
    if (!reader) return {};
    std::vector<float> samples(static_cast<std::size_t>(reader->info().sampleCount) *
                               static_cast<std::size_t>(reader->info().channels));
    samples.resize(static_cast<std::size_t>(reader->read(samples) * reader->info().channels));
    return samples;
}

/// Values that 16 bits hold exactly.
std::vector<float> pcm16(std::size_t count) {
    std::vector<float> samples(count);
    for (std::size_t i = 0; i < count; ++i)
        samples[i] = std::floor(test::counterUniform(770, i) * 32768.0F) / 32768.0F;
    return samples;
}

/// 16 bits, 16 kHz.
void writeSound(const std::filesystem::path& path, int channels,
                const std::vector<float>& samples) {
    auto writer = AudioWriter::create(path, {16000, channels, SoundCoding::WavPcm16});
    ASSERT_TRUE(writer.ok());
    ASSERT_TRUE(writer->write(samples).ok());
    ASSERT_TRUE(writer->commit().ok());
}

TEST(AudioWriter, SamplesComeBackBitByBit) {
    const test::TemporaryFolder folder;
    const std::vector<float> samples = pcm16(100000);
    for (const SoundCoding coding : kCodings) {
        auto writer = AudioWriter::create(folder / "a.snd", {44100, 2, coding});
        ASSERT_TRUE(writer.ok()) << writer.error().message();
        ASSERT_TRUE(writer->write(std::span(samples).first(33334)).ok());
        ASSERT_TRUE(writer->write(std::span(samples).subspan(33334)).ok());
        ASSERT_TRUE(writer->commit().ok());
        EXPECT_EQ(readAll(folder / "a.snd"), samples) << static_cast<int>(coding);
        EXPECT_EQ(AudioReader::open(folder / "a.snd")->info().sampleRate, 44100);
        EXPECT_EQ(folder.entryCount(), 1);
    }
}

TEST(AudioWriter, PcmIsRoundedAndClipped) {
    const test::TemporaryFolder folder;
    const float step = 1.0F / 32768.0F;
    auto writer = AudioWriter::create(folder / "a.wav", {8000, 1, SoundCoding::WavPcm16});
    ASSERT_TRUE(writer.ok());
    const std::vector<float> loud{1.5F,
                                  -1.5F,
                                  0.6F * step,
                                  -0.6F * step,
                                  0.4F * step,
                                  std::numeric_limits<float>::quiet_NaN(),
                                  std::numeric_limits<float>::infinity()};
    ASSERT_TRUE(writer->write(loud).ok());
    ASSERT_TRUE(writer->commit().ok());
    EXPECT_EQ(readAll(folder / "a.wav"),
              (std::vector<float>{1 - step, -1, step, -step, 0, 0, 1 - step}));
}

TEST(AudioWriter, WithoutCommitTheOldFileStaysAndNothingElse) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(writeTextAtomically(folder / "a.wav", "old").ok());
    {
        auto writer = AudioWriter::create(folder / "a.wav", {8000, 1, SoundCoding::WavPcm16});
        ASSERT_TRUE(writer.ok());
        ASSERT_TRUE(writer->write(pcm16(5000)).ok());
    }
    EXPECT_EQ(readTextFile(folder / "a.wav", 100).value(), "old");
    EXPECT_EQ(folder.entryCount(), 1);
}

TEST(AudioWriter, WhatACodingCannotHoldIsRefused) {
    const test::TemporaryFolder folder;
    for (const WriterSettings& settings : {WriterSettings{8000, 9, SoundCoding::FlacPcm16},
                                           {768000, 1, SoundCoding::FlacPcm16},
                                           {0, 1, SoundCoding::WavPcm16},
                                           {8000, 0, SoundCoding::WavPcm16},
                                           {8000, 65, SoundCoding::WavPcm16}}) {
        const auto writer = AudioWriter::create(folder / "a", settings);
        ASSERT_FALSE(writer.ok());
        EXPECT_EQ(writer.error().code(), ErrorCode::Usage);
    }
    const auto nowhere =
        AudioWriter::create(folder / "no" / "a.wav", {8000, 1, SoundCoding::WavPcm16});
    ASSERT_FALSE(nowhere.ok());
    EXPECT_EQ(nowhere.error().code(), ErrorCode::Io);
    EXPECT_EQ(folder.entryCount(), 0);
}

TEST(AudioWriter, AFileThatLostBytesIsNotCalledSaved) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(writeTextAtomically(folder / "a.wav", "old").ok());
    {
        auto writer = AudioWriter::create(folder / "a.wav", {8000, 1, SoundCoding::WavPcm16});
        ASSERT_TRUE(writer.ok());
        ASSERT_TRUE(writer->write(pcm16(100)).ok());
        // What a full disk leaves: a file that is shorter than what was written.
        for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
            if (entry.path().filename() != "a.wav") std::filesystem::resize_file(entry.path(), 0);
        EXPECT_FALSE(writer->commit().ok());
    }
    EXPECT_EQ(readTextFile(folder / "a.wav", 100).value(), "old");
    EXPECT_EQ(folder.entryCount(), 1);
}

TEST(CopySound, CopiesARangeOfAllChannels) {
    const test::TemporaryFolder folder;
    const std::vector<float> samples = pcm16(2 * 40000);
    writeSound(folder / "a.wav", 2, samples);
    JobControl control;
    for (const SoundCoding coding : kCodings) {
        ASSERT_TRUE(
            copySound(folder / "a.wav", folder / "b", {{1000}, {31000}}, coding, control).ok());
        EXPECT_EQ(readAll(folder / "b"),
                  std::vector<float>(samples.begin() + 2000, samples.begin() + 62000));
    }
    // The range is cut to the sound.
    ASSERT_TRUE(
        copySound(folder / "a.wav", folder / "b", {{-5}, {99999}}, SoundCoding::WavPcm16, control)
            .ok());
    EXPECT_EQ(readAll(folder / "b"), samples);
}

TEST(CopySound, ASoundCanReplaceItself) {
    const test::TemporaryFolder folder;
    const std::vector<float> samples = pcm16(1000);
    writeSound(folder / "a.wav", 1, samples);
    JobControl control;
    ASSERT_TRUE(
        copySound(folder / "a.wav", folder / "a.wav", {{10}, {20}}, SoundCoding::WavPcm16, control)
            .ok());
    EXPECT_EQ(readAll(folder / "a.wav"),
              std::vector<float>(samples.begin() + 10, samples.begin() + 20));
}

TEST(CopySound, EmptyRangesAndStoppingLeaveTheTarget) {
    const test::TemporaryFolder folder;
    writeSound(folder / "a.wav", 1, pcm16(50000));
    ASSERT_TRUE(writeTextAtomically(folder / "b.wav", "old").ok());
    JobControl control;
    for (const SampleRange range : {SampleRange{{10}, {10}}, {{20}, {10}}, {{50000}, {60000}}}) {
        const Status copied =
            copySound(folder / "a.wav", folder / "b.wav", range, SoundCoding::WavPcm16, control);
        ASSERT_FALSE(copied.ok());
        EXPECT_EQ(copied.error().code(), ErrorCode::InvalidInput);
    }
    std::stop_source stop;
    JobControl stopped(stop.get_token(), [&](const Progress&) { stop.request_stop(); });
    const Status cancelled = copySound(folder / "a.wav", folder / "b.wav", {{0}, {50000}},
                                       SoundCoding::FlacPcm16, stopped);
    ASSERT_FALSE(cancelled.ok());
    EXPECT_EQ(cancelled.error().code(), ErrorCode::Cancelled);
    EXPECT_EQ(readTextFile(folder / "b.wav", 100).value(), "old");
    EXPECT_EQ(folder.entryCount(), 2);
}

} // namespace
} // namespace gesture::audio
