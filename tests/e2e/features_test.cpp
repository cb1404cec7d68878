// SPDX-License-Identifier: Apache-2.0
#include "core/base/atomic_file.h"
#include "core/io/npz.h"
#include "tests/core/audio/features/synthetic_speech.h"
#include "tests/e2e/cli.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <sndfile.h>

namespace gesture {
namespace {

using test::jsonLineWith;
using test::runGesture;

void writeWave(const std::filesystem::path& path, const audio::Sound& sound) {
    SF_INFO information{};
    information.samplerate = sound.sampleRate;
    information.channels = 1;
    information.format = SF_FORMAT_WAV | SF_FORMAT_FLOAT;
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &information);
    ASSERT_NE(file, nullptr) << sf_strerror(nullptr);
    const auto count = static_cast<sf_count_t>(sound.samples.size());
    ASSERT_EQ(sf_writef_float(file, sound.samples.data(), count), count);
    sf_close(file);
}

std::vector<float> numbersOf(const io::NpzReader& reader, const std::string& name) {
    const auto array = reader.read(name);
    EXPECT_TRUE(array.ok()) << name;
    return array.ok() ? array->numbers<float>().value() : std::vector<float>{};
}

TEST(FeaturesCommand, WritesTheDocumentedArrays) {
    const test::TemporaryFolder folder;
    writeWave(folder / "speech.wav", test::syntheticSpeech(16000));
    const auto path = folder / "features.npz";
    const auto output = runGesture({"features", (folder / "speech.wav").string(), "-o",
                                    path.string(), "--reference", "--fps", "25", "--json"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    const auto summary = jsonLineWith(output, "onsets");
    EXPECT_EQ(summary["seconds"], 3.0);
    EXPECT_EQ(summary["onsets"], 19);
    EXPECT_EQ(summary["frames"], 75);
    EXPECT_NEAR(summary["medianPitchHz"].get<double>(), 170.0, 20.0);

    const auto reader = io::NpzReader::open(path);
    ASSERT_TRUE(reader.ok());
    EXPECT_EQ(numbersOf(*reader, "onset_rate"), std::vector<float>{31.25F});
    EXPECT_EQ(numbersOf(*reader, "onset_strength").size(), 94U);
    EXPECT_EQ(numbersOf(*reader, "onset_times").size(), 19U);
    EXPECT_EQ(numbersOf(*reader, "voice_rate"), std::vector<float>{100.0F});
    for (const char* name : {"energy", "pitch", "voicing", "speech"})
        EXPECT_EQ(numbersOf(*reader, name).size(), 301U) << name;
    EXPECT_EQ(numbersOf(*reader, "fps"), std::vector<float>{25.0F});
    EXPECT_EQ(reader->find("frame_beat")->shape, (std::vector<std::size_t>{75, 3}));
    EXPECT_EQ(reader->find("reference_beat")->shape, (std::vector<std::size_t>{90, 3}));
    EXPECT_EQ(numbersOf(*reader, "duration"), std::vector<float>{3.0F});
    EXPECT_EQ(folder.entryCount(), 2);
}

TEST(FeaturesCommand, ResamplesWhatIsNotAt16Kilohertz) {
    const test::TemporaryFolder folder;
    writeWave(folder / "speech.wav", test::tone(44100, 200.0, 1.0));
    const auto path = folder / "features.npz";
    const auto output =
        runGesture({"features", (folder / "speech.wav").string(), "-o", path.string()});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    const auto reader = io::NpzReader::open(path);
    ASSERT_TRUE(reader.ok());
    EXPECT_EQ(numbersOf(*reader, "onset_rate"), std::vector<float>{31.25F});
    EXPECT_NEAR(numbersOf(*reader, "pitch")[50], 200.0F, 1.0F);
    EXPECT_EQ(reader->find("frame_beat")->shape, (std::vector<std::size_t>{30, 3}));
    EXPECT_FALSE(reader->contains("reference_beat"));
}

TEST(FeaturesCommand, BadInputGetsASentenceAndLeavesNothing) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(writeTextAtomically(folder / "text.wav", "no sound").ok());
    writeWave(folder / "short.wav", {16000, std::vector<float>(500, 0.1F)});
    writeWave(folder / "good.wav", test::tone(16000, 200.0, 0.5));
    const std::string target = (folder / "features.npz").string();
    const auto refused = [&](std::vector<std::string> arguments, int status) {
        const auto output = runGesture(arguments);
        EXPECT_EQ(output.exitStatus, status) << output.text;
        EXPECT_FALSE(output.text.empty());
        EXPECT_FALSE(std::filesystem::exists(target));
        return output.text;
    };
    EXPECT_NE(refused({"features", (folder / "missing.wav").string(), "-o", target}, 1)
                  .find("missing.wav"),
              std::string::npos);
    refused({"features", (folder / "text.wav").string(), "-o", target}, 1);
    EXPECT_NE(refused({"features", (folder / "short.wav").string(), "-o", target, "--reference"}, 1)
                  .find("too short"),
              std::string::npos);
    refused({"features", (folder / "good.wav").string(), "-o", target, "--fps", "0"}, 2);
    refused({"features", (folder / "good.wav").string()}, 2);
    refused({"features", (folder / "good.wav").string(), "-o",
             (folder / "nowhere" / "features.npz").string()},
            1);
}

TEST(FeaturesCommand, MeasuresTheRealClip) {
    GESTURE_SHARED_DATA_OR_SKIP(clip, "2_scott_0_1_1_test.wav");
    const test::TemporaryFolder folder;
    const auto path = folder / "features.npz";
    const auto output =
        runGesture({"features", clip.string(), "-o", path.string(), "--reference", "--json"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    EXPECT_EQ(jsonLineWith(output, "onsets")["onsets"], 358);
    const auto reader = io::NpzReader::open(path);
    ASSERT_TRUE(reader.ok());
    const auto beat = numbersOf(*reader, "reference_beat");
    ASSERT_EQ(beat.size(), 1922U * 3U);
    EXPECT_NEAR(beat[3 * 1000 + 1], 14.225907F, 1e-5F);
    EXPECT_NEAR(beat[3 * 1000 + 2], 0.834461F, 1e-6F);
}

} // namespace
} // namespace gesture
