// SPDX-License-Identifier: Apache-2.0
#include "core/base/atomic_file.h"
#include "render/image.h"
#include "tests/e2e/cli.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <cstdlib>
#include <sndfile.h>

namespace gesture {
namespace {

using test::runGesture;

#define SKIP_WITHOUT(program)                                                                      \
    if (!findProgram(program)) GTEST_SKIP() << "The program '" program "' is not installed."

void writeSilence(const std::filesystem::path& path, double seconds) {
    SF_INFO information{};
    information.samplerate = 16000;
    information.channels = 1;
    information.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &information);
    ASSERT_NE(file, nullptr);
    const std::vector<float> samples(static_cast<std::size_t>(seconds * 16000));
    sf_writef_float(file, samples.data(), static_cast<sf_count_t>(samples.size()));
    sf_close(file);
}

/// Duration of each stream in seconds, by ffprobe.
std::vector<double> streamDurations(const std::filesystem::path& path) {
    const auto output = runProgram(
        {"ffprobe",
         {"-v", "error", "-show_entries", "stream=duration", "-of", "csv=p=0", path.string()}},
        std::chrono::seconds(20));
    std::vector<double> durations;
    if (!output) return durations;
    std::size_t at = 0;
    while (at < output->text.size()) {
        durations.push_back(std::strtod(output->text.c_str() + at, nullptr));
        at = output->text.find('\n', at);
        if (at == std::string::npos) break;
        ++at;
    }
    return durations;
}

class RenderCommand : public ::testing::Test {
protected:
    void SetUp() override {
        motion_ = folder_ / "stand.npz";
        ASSERT_TRUE(io::writeMotionFile(motion_, test::standingClip(12)).ok());
    }
    test::TemporaryFolder folder_;
    std::filesystem::path motion_;
};

TEST_F(RenderCommand, OneFrameIsAPictureOfTheAskedSize) {
    const auto picture = folder_ / "frame.png";
    const auto output = runGesture(
        {"render", motion_.string(), "-o", picture.string(), "--frame", "3", "--size", "320x240"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    const auto image = render::readPng(picture);
    ASSERT_TRUE(image.ok());
    EXPECT_EQ(image->width, 320);
    EXPECT_EQ(image->height, 240);
}

TEST_F(RenderCommand, TheSameRequestGivesTheSameBytes) {
    std::vector<std::string> contents;
    for (const char* name : {"a.png", "b.png"}) {
        const auto output = runGesture({"render", motion_.string(), "-o", (folder_ / name).string(),
                                        "--frame", "3", "--size", "160x120"});
        ASSERT_EQ(output.exitStatus, 0) << output.text;
        contents.push_back(readTextFile(folder_ / name, 1 << 22).value());
    }
    EXPECT_EQ(contents[0], contents[1]);
}

TEST_F(RenderCommand, RangeBecomesNumberedPictures) {
    std::filesystem::create_directory(folder_ / "frames");
    const auto output =
        runGesture({"render", motion_.string(), "-o", (folder_ / "frames/f-%03d.png").string(),
                    "--range", "2f-6f", "--size", "64x64"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    for (const char* name : {"f-002.png", "f-003.png", "f-004.png", "f-005.png"})
        EXPECT_TRUE(std::filesystem::exists(folder_ / "frames" / name)) << name;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "frames/f-006.png"));
}

TEST_F(RenderCommand, VideoHasSoundAndTheLengthOfTheMotion) {
    SKIP_WITHOUT("ffmpeg");
    SKIP_WITHOUT("ffprobe");
    writeSilence(folder_ / "long.wav", 3.0);
    const auto video = folder_ / "clip.mp4";
    const auto output = runGesture({"render", motion_.string(), "-o", video.string(), "--audio",
                                    (folder_ / "long.wav").string(), "--size", "160x120"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    const auto durations = streamDurations(video);
    ASSERT_EQ(durations.size(), 2U);
    EXPECT_NEAR(durations[0], 12.0 / 30, 1e-3);
    EXPECT_NEAR(durations[1], 12.0 / 30, 1.0 / 30);
}

TEST_F(RenderCommand, AnInterruptedVideoLeavesNothingAndExitsWithThree) {
    SKIP_WITHOUT("ffmpeg");
    const auto longMotion = folder_ / "long.npz";
    ASSERT_TRUE(io::writeMotionFile(longMotion, test::standingClip(20000)).ok());
    const int before = folder_.entryCount();
    auto process = Process::start({std::filesystem::path(GESTURE_TEST_BINARIES) / "gesture",
                                   {"render", longMotion.string(), "-o",
                                    (folder_ / "long.mp4").string(), "--size", "64x64", "--json"}});
    ASSERT_TRUE(process.ok());
    // The first progress line shows that the rendering has begun.
    while (process->output().find("\"done\":") == std::string::npos)
        if (process->wait(std::chrono::milliseconds(20)).ok()) break;
    ::kill(process->id(), SIGINT);
    const auto status = process->wait(std::chrono::seconds(30));
    ASSERT_TRUE(status.ok());
    EXPECT_EQ(*status, 3) << process->output();
    EXPECT_EQ(folder_.entryCount(), before);
}

TEST_F(RenderCommand, WithoutFfmpegVideoIsRefusedWithAdvice) {
    const auto program = std::filesystem::path(GESTURE_TEST_BINARIES) / "gesture";
    const auto output = runProgram({"/usr/bin/env",
                                    {"PATH=/nonexistent", program.string(), "render",
                                     motion_.string(), "-o", (folder_ / "clip.mp4").string()}},
                                   std::chrono::minutes(1));
    ASSERT_TRUE(output.ok());
    EXPECT_EQ(output->exitStatus, 4) << output->text;
    EXPECT_NE(output->text.find("ffmpeg"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "clip.mp4"));
}

TEST(RenderCommandReal, TheRealClipWithItsSoundLastsAsLongAsTheMotion) {
    GESTURE_SHARED_DATA_OR_SKIP(clip, "2_scott_0_1_1.npz");
    GESTURE_SHARED_DATA_OR_SKIP(sound, "2_scott_0_1_1_test.wav");
    SKIP_WITHOUT("ffmpeg");
    SKIP_WITHOUT("ffprobe");
    const test::TemporaryFolder folder;
    const auto video = folder / "real.mp4";
    const auto output = runGesture({"render", clip.string(), "-o", video.string(), "--audio",
                                    sound.string(), "--size", "160x120"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    const auto durations = streamDurations(video);
    ASSERT_EQ(durations.size(), 2U);
    EXPECT_NEAR(durations[0], 1906.0 / 30, 1.0 / 30);
    EXPECT_NEAR(durations[1], 1906.0 / 30, 1.0 / 30);
}

} // namespace
} // namespace gesture
