// SPDX-License-Identifier: Apache-2.0
// Sounds that are damaged, lie, or are at the edge of what can be: each is a result or a sentence.
#include "core/audio/audio_file.h"
#include "core/audio/level_meter.h"
#include "core/audio/resample.h"
#include "core/audio/waveform_pyramid.h"
#include "core/base/atomic_file.h"
#include "tests/core/audio/sound_files.h"
#include "tests/support/scoped_variable.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace gesture::audio {
namespace {

using test::sine;
using test::writeSound;

std::string bytesOf(const std::filesystem::path& path) {
    return readTextFile(path, std::size_t{1} << 26).value();
}

/// Reads a sound by all ways; a failure must be a sentence.
void readByAllWays(const std::filesystem::path& path) {
    JobControl control;
    auto reader = AudioReader::open(path);
    if (!reader) {
        EXPECT_EQ(reader.error().code(), ErrorCode::InvalidInput) << reader.error().message();
        EXPECT_NE(reader.error().message().find(path.filename().string()), std::string::npos);
        EXPECT_EQ(reader.error().message().back(), '.');
        return;
    }
    const auto levels = measureLevels(*reader, control);
    ASSERT_TRUE(levels.ok()) << levels.error().message();
    EXPECT_TRUE(std::isfinite(levels->peak) && std::isfinite(levels->rms));
    ASSERT_TRUE(reader->seek({0}).ok());
    const auto waveform = buildWaveform(*reader, control);
    ASSERT_TRUE(waveform.ok());
    EXPECT_EQ(waveform->sampleCount(), levels->sampleCount);
    const auto mono = readMono(path, 16000, control);
    if (!mono) {
        EXPECT_EQ(mono.error().message().back(), '.') << mono.error().message();
        return;
    }
    for (const float sample : mono->samples)
        ASSERT_TRUE(std::isfinite(sample));
}

TEST(HostileAudio, AWavCutAtEveryByteIsAResultOrASentence) {
    const test::TemporaryFolder folder;
    // Without ffmpeg: a process for each of the cuts would take minutes.
    const test::ScopedVariable path("PATH", folder.path().string());
    for (const int coding : {SF_FORMAT_PCM_16, SF_FORMAT_FLOAT, SF_FORMAT_MS_ADPCM}) {
        writeSound(folder / "whole.wav", SF_FORMAT_WAV | coding, 8000, 2, sine(8000, 0.02, 0.5));
        const std::string whole = bytesOf(folder / "whole.wav");
        for (std::size_t size = 0; size < whole.size(); ++size) {
            test::writeBytes(folder / "cut.wav", whole.substr(0, size));
            readByAllWays(folder / "cut.wav");
        }
    }
}

TEST(HostileAudio, EveryHeaderByteOfAWavMayLie) {
    const test::TemporaryFolder folder;
    const test::ScopedVariable path("PATH", folder.path().string());
    writeSound(folder / "whole.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 1,
               sine(8000, 0.01, 0.5));
    const std::string whole = bytesOf(folder / "whole.wav");
    for (std::size_t at = 0; at < 44; ++at) {
        for (const int value : {0x00, 0x01, 0x7F, 0x80, 0xFF}) {
            std::string lying = whole;
            lying[at] = static_cast<char>(value);
            test::writeBytes(folder / "lying.wav", lying);
            readByAllWays(folder / "lying.wav");
        }
    }
}

TEST(HostileAudio, SizesOfTheDataMayBeZeroOrHuge) {
    const test::TemporaryFolder folder;
    writeSound(folder / "whole.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 1,
               sine(8000, 0.5, 0.5));
    const std::string whole = bytesOf(folder / "whole.wav");
    const std::size_t size = whole.find("data") + 4;
    for (const std::uint32_t lie :
         {0U, 1U, 7999U, 8002U, 1000000U, 0x7FFFFFFFU, 0xFFFFFFFEU, 0xFFFFFFFFU}) {
        std::string lying = whole;
        std::copy_n(reinterpret_cast<const char*>(&lie), 4,
                    lying.begin() + static_cast<std::ptrdiff_t>(size));
        test::writeBytes(folder / "lying.wav", lying);
        readByAllWays(folder / "lying.wav");
        auto reader = AudioReader::open(folder / "lying.wav");
        if (reader) {
            EXPECT_LE(reader->info().sampleCount, 4000) << lie;
        }
    }
}

TEST(HostileAudio, OtherContainersMayBeCutAnywhere) {
    const test::TemporaryFolder folder;
    const test::ScopedVariable path("PATH", folder.path().string());
    for (const int format : {SF_FORMAT_FLAC | SF_FORMAT_PCM_16, SF_FORMAT_OGG | SF_FORMAT_VORBIS,
                             SF_FORMAT_AIFF | SF_FORMAT_PCM_16, SF_FORMAT_CAF | SF_FORMAT_PCM_16,
                             SF_FORMAT_W64 | SF_FORMAT_PCM_16, SF_FORMAT_AU | SF_FORMAT_ULAW}) {
        writeSound(folder / "whole", format, 8000, 1, sine(8000, 0.25, 0.5));
        const std::string whole = bytesOf(folder / "whole");
        for (std::size_t size = 0; size < whole.size(); size += 1 + size / 16) {
            test::writeBytes(folder / "cut", whole.substr(0, size));
            readByAllWays(folder / "cut");
        }
    }
}

TEST(HostileAudio, NothingAtAll) {
    const test::TemporaryFolder folder;
    test::writeBytes(folder / "empty", "");
    readByAllWays(folder / "empty");
    writeSound(folder / "none.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 1, {});
    readByAllWays(folder / "none.wav");
    EXPECT_EQ(AudioReader::open(folder / "none.wav")->info().sampleCount, 0);
}

TEST(HostileAudio, ValuesThatAreNotNumbersOrTooLargeBecomeSilence) {
    const test::TemporaryFolder folder;
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float most = std::numeric_limits<float>::max();
    std::vector<float> samples(3000, nan);
    for (std::size_t i = 0; i < samples.size(); i += 3)
        samples[i] = i % 2 == 0 ? most : -std::numeric_limits<float>::infinity();
    samples[100] = 40000.0F; // integers that were stored as floats are loud, not damaged
    for (const int coding : {SF_FORMAT_FLOAT, SF_FORMAT_DOUBLE}) {
        writeSound(folder / "a.wav", SF_FORMAT_WAV | coding, 48000, 3, samples);
        readByAllWays(folder / "a.wav");
        auto reader = AudioReader::open(folder / "a.wav");
        JobControl control;
        const auto levels = measureLevels(*reader, control);
        ASSERT_TRUE(levels.ok());
        EXPECT_EQ(levels->peak, 40000.0F);
        EXPECT_EQ(levels->damagedSamples, 2999);
    }
}

TEST(HostileAudio, FarRatesAndManyChannels) {
    const test::TemporaryFolder folder;
    for (const int rate : {1, 8000, 384000, 768000}) {
        writeSound(folder / "a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, rate, 1,
                   std::vector<float>(2000, 0.5F));
        EXPECT_EQ(AudioReader::open(folder / "a.wav")->info().sampleRate, rate);
        readByAllWays(folder / "a.wav");
    }
    writeSound(folder / "a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 768001, 1, {0.5F});
    readByAllWays(folder / "a.wav");
    EXPECT_FALSE(AudioReader::open(folder / "a.wav").ok());

    std::vector<float> channels(64 * 500);
    for (std::size_t i = 0; i < channels.size(); ++i)
        channels[i] = static_cast<float>(i % 64) / 64.0F;
    writeSound(folder / "a.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 8000, 64, channels);
    readByAllWays(folder / "a.wav");
    JobControl control;
    EXPECT_EQ(readMono(folder / "a.wav", 0, control)->samples[250], 63.0F / 128.0F);
    writeSound(folder / "a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 65,
               std::vector<float>(65));
    readByAllWays(folder / "a.wav");
    EXPECT_FALSE(AudioReader::open(folder / "a.wav").ok());
}

TEST(HostileAudio, Rf64IsRead) {
    const test::TemporaryFolder folder;
    writeSound(folder / "a.wav", SF_FORMAT_RF64 | SF_FORMAT_PCM_24, 48000, 2,
               sine(48000, 0.2, 0.5));
    readByAllWays(folder / "a.wav");
    EXPECT_EQ(AudioReader::open(folder / "a.wav")->info().sampleCount, 4800);
    const std::string whole = bytesOf(folder / "a.wav");
    // The 64-bit sizes after "ds64".
    const std::size_t sizes = whole.find("ds64") + 8;
    for (std::size_t field = 0; field < 3; ++field) {
        for (const std::uint64_t lie : {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{1} << 62,
                                        std::uint64_t{1} << 33}) {
            std::string lying = whole;
            std::copy_n(reinterpret_cast<const char*>(&lie), 8,
                        lying.begin() + static_cast<std::ptrdiff_t>(sizes + 8 * field));
            test::writeBytes(folder / "lying.wav", lying);
            readByAllWays(folder / "lying.wav");
        }
    }
}

} // namespace
} // namespace gesture::audio
