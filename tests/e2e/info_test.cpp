// SPDX-License-Identifier: Apache-2.0
#include "core/audio/audio_writer.h"
#include "core/base/atomic_file.h"
#include "tests/e2e/cli.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

namespace gesture {
namespace {

using test::jsonLineWith;
using test::runGesture;

TEST(InfoCommand, SaysWhatAMotionHolds) {
    const test::TemporaryFolder folder;
    const auto path = folder / "stand.npz";
    ASSERT_TRUE(io::writeMotionFile(path, test::standingClip(90)).ok());
    const auto output = runGesture({"info", path.string(), "--json"});
    EXPECT_EQ(output.exitStatus, 0) << output.text;
    const auto info = jsonLineWith(output, "kind");
    EXPECT_EQ(info["kind"], "motion");
    EXPECT_EQ(info["frames"], 90);
    EXPECT_EQ(info["seconds"], 3.0);
    EXPECT_EQ(info["expressionSpace"], "arkit52");
}

TEST(InfoCommand, SaysWhatTheShippedAvatarIs) {
    const auto avatar =
        std::filesystem::path(GESTURE_TEST_SOURCE) / "resources/avatar/free-avatar.npz";
    const auto output = runGesture({"info", avatar.string(), "--json"});
    EXPECT_EQ(output.exitStatus, 0) << output.text;
    const auto info = jsonLineWith(output, "kind");
    EXPECT_EQ(info["kind"], "avatar");
    EXPECT_EQ(info["vertices"], 11599);
    EXPECT_EQ(info["triangles"], 22780);
    EXPECT_EQ(info["expressions"], 52);
}

TEST(InfoCommand, SaysWhatATranscriptHolds) {
    const test::TemporaryFolder folder;
    const auto path = folder / "speech.srt";
    ASSERT_TRUE(writeTextAtomically(path, "1\n00:00:01,000 --> 00:00:02,500\nhello you\n").ok());
    const auto output = runGesture({"info", path.string(), "--json"});
    EXPECT_EQ(output.exitStatus, 0) << output.text;
    const auto info = jsonLineWith(output, "kind");
    EXPECT_EQ(info["kind"], "transcript");
    EXPECT_EQ(info["format"], "SubRip subtitles");
    EXPECT_EQ(info["words"], 2);
    EXPECT_EQ(info["seconds"], 2.5);
}

TEST(InfoCommand, SaysHowASoundIsAndHowLoud) {
    const test::TemporaryFolder folder;
    const auto path = folder / "speech.wav";
    auto writer = audio::AudioWriter::create(path, {8000, 2, audio::SoundCoding::WavPcm16});
    ASSERT_TRUE(writer.ok());
    std::vector<float> samples(16000, 0.0F);
    samples[100] = -0.5F;
    std::fill(samples.begin() + 200, samples.begin() + 220, 1.0F);
    ASSERT_TRUE(writer->write(samples).ok());
    ASSERT_TRUE(writer->commit().ok());
    const auto output = runGesture({"info", path.string(), "--json"});
    EXPECT_EQ(output.exitStatus, 0) << output.text;
    const auto info = jsonLineWith(output, "kind");
    EXPECT_EQ(info["kind"], "audio");
    EXPECT_EQ(info["sampleRate"], 8000);
    EXPECT_EQ(info["channels"], 2);
    EXPECT_EQ(info["samples"], 8000);
    EXPECT_EQ(info["seconds"], 1.0);
    EXPECT_EQ(info["bitsPerSample"], 16);
    EXPECT_NEAR(info["peakDb"].get<double>(), 0.0, 0.001);
    EXPECT_NEAR(info["rmsDb"].get<double>(), 10 * std::log10(20.25 / 16000), 0.001);
    ASSERT_EQ(info["remarks"].size(), 1U);
    EXPECT_NE(info["remarks"][0].get<std::string>().find("clipped"), std::string::npos);
    const auto text = runGesture({"info", path.string()});
    EXPECT_NE(text.text.find("RMS -29.0 dBFS"), std::string::npos) << text.text;
    EXPECT_NE(text.text.find("clipped in 2 places"), std::string::npos) << text.text;
}

TEST(InfoCommand, ASilentSoundHasNoLevel) {
    const test::TemporaryFolder folder;
    auto writer =
        audio::AudioWriter::create(folder / "a.wav", {8000, 1, audio::SoundCoding::FlacPcm16});
    ASSERT_TRUE(writer.ok());
    ASSERT_TRUE(writer->write(std::vector<float>(100)).ok());
    ASSERT_TRUE(writer->commit().ok());
    const auto info =
        jsonLineWith(runGesture({"info", (folder / "a.wav").string(), "--json"}), "kind");
    EXPECT_TRUE(info["peakDb"].is_null());
    EXPECT_NE(info["format"].get<std::string>().find("FLAC"), std::string::npos);
}

TEST(InfoCommand, SeveralFilesAreShownAlthoughOneFails) {
    const test::TemporaryFolder folder;
    const auto path = folder / "stand.npz";
    ASSERT_TRUE(io::writeMotionFile(path, test::standingClip(2)).ok());
    const auto output = runGesture({"info", (folder / "missing.npz").string(), path.string()});
    EXPECT_EQ(output.exitStatus, 1);
    EXPECT_NE(output.text.find("missing.npz"), std::string::npos);
    EXPECT_NE(output.text.find("2 frames"), std::string::npos) << output.text;
}

TEST(InfoCommand, ReadsTheRealClip) {
    GESTURE_SHARED_DATA_OR_SKIP(clip, "2_scott_0_1_1.npz");
    const auto output = runGesture({"info", clip.string(), "--json"});
    EXPECT_EQ(output.exitStatus, 0) << output.text;
    const auto info = jsonLineWith(output, "kind");
    EXPECT_EQ(info["frames"], 1906);
    EXPECT_EQ(info["expressionSpace"], "smplx");
}

} // namespace
} // namespace gesture
