// SPDX-License-Identifier: Apache-2.0
#include "core/audio/audio_file.h"

#include "core/base/atomic_file.h"
#include "core/base/paths.h"
#include "core/base/process.h"
#include "tests/core/audio/sound_files.h"
#include "tests/support/scoped_variable.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <limits>

namespace gesture::audio {
namespace {

using test::sine;
using test::writeSound;

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

/// Samples per channel from where the reader stands on.
std::int64_t countRest(AudioReader& reader) {
    std::vector<float> block(4096 * static_cast<std::size_t>(reader.info().channels));
    std::int64_t total = 0;
    while (const std::int64_t count = reader.read(block))
        total += count;
    return total;
}

TEST(AudioReader, ReadsEveryFormatThatTheLibraryWrites) {
    const test::TemporaryFolder folder;
    int formats = 0;
    sf_command(nullptr, SFC_GET_FORMAT_MAJOR_COUNT, &formats, sizeof formats);
    int codings = 0;
    sf_command(nullptr, SFC_GET_FORMAT_SUBTYPE_COUNT, &codings, sizeof codings);
    int read = 0;
    for (int f = 0; f < formats * codings; ++f) {
        SF_FORMAT_INFO format{f / codings, nullptr, nullptr};
        sf_command(nullptr, SFC_GET_FORMAT_MAJOR, &format, sizeof format);
        SF_FORMAT_INFO coding{f % codings, nullptr, nullptr};
        sf_command(nullptr, SFC_GET_FORMAT_SUBTYPE, &coding, sizeof coding);
        SF_INFO information{0, 8000, 1, format.format | coding.format, 0, 0};
        const int container = format.format & SF_FORMAT_TYPEMASK;
        // Headerless samples tell nothing; Sound Designer II needs a second file; instruments
        // (XI) keep no rate.
        if (sf_format_check(&information) == 0 || container == SF_FORMAT_RAW ||
            container == SF_FORMAT_SD2 || container == SF_FORMAT_XI)
            continue;
        const auto path = folder / "sound.bin";
        // Some are listed although they cannot be written.
        SNDFILE* trial = sf_open(path.c_str(), SFM_WRITE, &information);
        const short sample = 0;
        const bool writable = trial != nullptr && sf_writef_short(trial, &sample, 1) == 1;
        sf_close(trial);
        if (!writable) continue;
        writeSound(path, information.format, 8000, 1, sine(8000, 1.0, 0.5));
        auto reader = AudioReader::open(path);
        ASSERT_TRUE(reader.ok()) << format.name << ", " << coding.name << ": "
                                 << reader.error().message();
        EXPECT_EQ(reader->info().sampleRate % 8000, 0) << format.name << ", " << coding.name;
        EXPECT_EQ(countRest(*reader), reader->info().sampleCount)
            << format.name << ", " << coding.name;
        EXPECT_GE(reader->info().duration().value, 0.99) << format.name << ", " << coding.name;
        ++read;
    }
    EXPECT_GT(read, 60);
}

TEST(AudioReader, TheNameDecidesNothing) {
    const test::TemporaryFolder folder;
    // By their names libsndfile would take these for headerless speech of telephones.
    for (const char* name : {"a.vox", "a.gsm", "a.raw", "a.snd", "a.mp3", "a.aac"}) {
        ASSERT_TRUE(writeTextAtomically(folder / name, std::string(4000, 'x')).ok());
        const auto reader = AudioReader::open(folder / name);
        ASSERT_FALSE(reader.ok()) << name << " was read as " << reader->info().format;
        EXPECT_EQ(reader.error().code(), ErrorCode::InvalidInput) << name;
    }
}

TEST(AudioReader, TellsTheBitsOfASample) {
    const test::TemporaryFolder folder;
    const std::vector<std::pair<int, int>> codings{
        {SF_FORMAT_PCM_U8, 8},   {SF_FORMAT_PCM_16, 16}, {SF_FORMAT_PCM_24, 24},
        {SF_FORMAT_PCM_32, 32},  {SF_FORMAT_FLOAT, 32},  {SF_FORMAT_DOUBLE, 64},
        {SF_FORMAT_MS_ADPCM, 0},
    };
    for (const auto& [coding, bits] : codings) {
        writeSound(folder / "a.wav", SF_FORMAT_WAV | coding, 8000, 1, sine(8000, 0.1, 0.5));
        EXPECT_EQ(AudioReader::open(folder / "a.wav")->info().bitsPerSample, bits);
    }
}

/// A file made by ffmpeg; empty when it is not installed.
std::filesystem::path encoded(const test::TemporaryFolder& folder, const std::string& name,
                              const std::vector<std::string>& options) {
    const auto ffmpeg = findProgram("ffmpeg");
    if (!ffmpeg) return {};
    std::vector<float> samples = sine(44100, 2.0, 0.5);
    std::fill(samples.begin(), samples.begin() + 44100, 0.0F); // a step after one second
    writeSound(folder / "source.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, 1, samples);
    std::vector<std::string> arguments{
        "-nostdin", "-v",  "error",   "-y", "-i", (folder / "source.wav").string(),
        "-map",     "0:a", "-strict", "-2"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    arguments.push_back((folder / name).string());
    const auto made = runProgram({*ffmpeg, arguments}, std::chrono::seconds(30));
    EXPECT_TRUE(made.ok() && made->exitStatus == 0) << name << ": " << made->text;
    return folder / name;
}

#define SKIP_WITHOUT_FFMPEG()                                                                      \
    if (!findProgram("ffmpeg") || !findProgram("ffprobe"))                                         \
    GTEST_SKIP() << "The program ffmpeg is not installed."

/// Where the signal first exceeds a quarter, in seconds.
double stepTime(AudioReader& reader) {
    std::vector<float> samples(static_cast<std::size_t>(reader.info().sampleCount + 44100) *
                               static_cast<std::size_t>(reader.info().channels));
    const std::int64_t count = reader.read(samples);
    const auto channels = reader.info().channels;
    for (std::int64_t i = 0; i < count; ++i)
        if (std::abs(samples[static_cast<std::size_t>(i * channels)]) > 0.25F)
            return static_cast<double>(i) / reader.info().sampleRate;
    return -1;
}

TEST(AudioReader, ReadsFilmsAndOtherContainersThroughFfmpeg) {
    SKIP_WITHOUT_FFMPEG();
    const test::TemporaryFolder folder;
    const std::vector<std::pair<std::string, std::vector<std::string>>> kinds{
        {"a.m4a", {"-c:a", "aac"}},       {"a.mp4", {"-c:a", "aac"}},
        {"a.mov", {"-c:a", "pcm_s16le"}}, {"a.mkv", {"-c:a", "flac"}},
        {"a.webm", {"-c:a", "libopus"}},  {"a.aac", {"-c:a", "aac"}},
        {"a.avi", {"-c:a", "pcm_s16le"}}, {"a.wma", {"-c:a", "wmav2"}},
        {"a.mka", {"-c:a", "libvorbis"}},
    };
    for (const auto& [name, options] : kinds) {
        const auto path = encoded(folder, name, options);
        auto reader = AudioReader::open(path);
        ASSERT_TRUE(reader.ok()) << name << ": " << reader.error().message();
        EXPECT_NE(reader->info().format.find("through ffmpeg"), std::string::npos);
        EXPECT_NEAR(reader->info().duration().value, 2.0, 0.1) << name;
        EXPECT_NEAR(stepTime(*reader), 1.0, 0.06) << name;
        EXPECT_TRUE(reader->status().ok());
    }
}

TEST(AudioReader, SeeksInFilms) {
    SKIP_WITHOUT_FFMPEG();
    const test::TemporaryFolder folder;
    auto reader = AudioReader::open(encoded(folder, "a.mov", {"-c:a", "pcm_s16le"}));
    ASSERT_TRUE(reader.ok()) << reader.error().message();
    EXPECT_EQ(reader->info().sampleCount, 88200);
    std::vector<float> all(88200);
    ASSERT_EQ(reader->read(all), 88200);
    std::vector<float> part(64);
    EXPECT_EQ(reader->read(part), 0);
    for (const std::int64_t position : {50000, 50100, 44101, 87000, 0, 88180}) {
        ASSERT_TRUE(reader->seek({position}).ok());
        const std::int64_t count = reader->read(part);
        ASSERT_EQ(count, std::min<std::int64_t>(64, 88200 - position)) << position;
        EXPECT_TRUE(std::equal(part.begin(), part.begin() + count, all.begin() + position))
            << position;
    }
}

TEST(AudioReader, ReadsMp3UnderAnyNameWithJunkAroundItAndCut) {
    SKIP_WITHOUT_FFMPEG();
    const test::TemporaryFolder folder;
    const auto mp3 = readTextFile(encoded(folder, "a.mp3", {"-c:a", "libmp3lame"}), 1 << 20);
    ASSERT_TRUE(mp3.ok());
    std::string junk;
    for (int i = 0; i < 3000; ++i)
        junk += static_cast<char>(i * 37 % 251);
    for (const auto& [content, seconds] :
         std::vector<std::pair<std::string, double>>{{*mp3, 2.0},
                                                     {*mp3 + junk, 2.0},
                                                     {junk + *mp3, 2.0},
                                                     {mp3->substr(0, mp3->size() / 2), 1.0},
                                                     {mp3->substr(mp3->size() / 2), 1.0}}) {
        ASSERT_TRUE(writeTextAtomically(folder / "music.wav", content).ok());
        auto reader = AudioReader::open(folder / "music.wav");
        ASSERT_TRUE(reader.ok()) << reader.error().message();
        const double length = static_cast<double>(countRest(*reader)) / reader->info().sampleRate;
        EXPECT_NEAR(length, seconds, 0.2);
    }
}

TEST(AudioReader, FilmsWithoutSoundAndPlaylistsAreRefusedInWords) {
    SKIP_WITHOUT_FFMPEG();
    const test::TemporaryFolder folder;
    const auto made = runProgram(
        {"ffmpeg",
         {"-nostdin", "-v", "error", "-f", "lavfi", "-i", "color=size=64x64:duration=0.2", "-c:v",
          "mjpeg", (folder / "silent.mov").string()}},
        std::chrono::seconds(30));
    ASSERT_TRUE(made.ok() && made->exitStatus == 0) << made->text;
    const auto silent = AudioReader::open(folder / "silent.mov");
    ASSERT_FALSE(silent.ok());
    EXPECT_NE(silent.error().message().find("no sound track"), std::string::npos);
    // A file must not make ffmpeg open others.
    writeSound(folder / "secret.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 1,
               sine(8000, 1.0, 0.5));
    for (const std::string& text :
         {std::string("ffconcat version 1.0\nfile secret.wav\n"),
          std::string("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nsecret.wav\n"
                      "#EXT-X-ENDLIST\n")}) {
        for (const char* name : {"list.mp4", "list.m3u8", "list.ffconcat"}) {
            ASSERT_TRUE(writeTextAtomically(folder / name, text).ok());
            const auto reader = AudioReader::open(folder / name);
            ASSERT_FALSE(reader.ok()) << name;
            EXPECT_EQ(reader.error().code(), ErrorCode::InvalidInput);
        }
    }
}

TEST(AudioReader, WithoutFfmpegAFilmSaysWhatToInstall) {
    const test::TemporaryFolder folder;
    const test::ScopedVariable path("PATH", folder.path().string());
    using namespace std::string_literals;
    ASSERT_TRUE(writeTextAtomically(folder / "a.wav", "\0\0\0\x18"
                                                      "ftypM4A \0\0\0\0"s)
                    .ok());
    const auto film = AudioReader::open(folder / "a.wav");
    ASSERT_FALSE(film.ok());
    EXPECT_EQ(film.error().code(), ErrorCode::Unavailable);
    EXPECT_NE(film.error().message().find("ffmpeg"), std::string::npos);
    ASSERT_TRUE(writeTextAtomically(folder / "b.wav", "just text").ok());
    EXPECT_EQ(AudioReader::open(folder / "b.wav").error().code(), ErrorCode::InvalidInput);
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
