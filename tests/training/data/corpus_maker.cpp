// SPDX-License-Identifier: Apache-2.0
#include "tests/training/data/corpus_maker.h"

#include "core/audio/audio_writer.h"
#include "core/io/motion_file.h"
#include "tests/core/audio/features/synthetic_speech.h"
#include "tests/support/synthetic_clip.h"

#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

namespace gesture::test {

namespace fs = std::filesystem;

motion::Clip calmClip(std::int64_t frames, std::uint64_t stream) {
    motion::Clip::Data data = syntheticClipData(static_cast<std::size_t>(frames), 700 + stream);
    for (float& value : data.poses)
        value *= 0.01F;
    for (std::size_t i = 0; i < data.translations.size(); ++i)
        data.translations[i] = i / 3 % 20 < 10 ? 0.0F : data.translations[i];
    data.betas = {0.5F, -0.25F};
    return motion::Clip::create(std::move(data)).value();
}

void writeSpeech(const fs::path& path, double seconds, std::uint64_t stream) {
    fs::create_directories(path.parent_path());
    audio::Sound sound = syntheticSpeech(16'000, seconds);
    for (std::size_t i = 0; i < sound.samples.size(); ++i)
        sound.samples[i] += 0.01F * counterUniform(800 + stream, i);
    auto writer = audio::AudioWriter::create(path, {16'000, 1, audio::SoundCoding::WavPcm16});
    ASSERT_TRUE(writer.ok()) << writer.error().message();
    ASSERT_TRUE(writer->write(sound.samples).ok());
    ASSERT_TRUE(writer->commit().ok());
}

void writeText(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
}

std::string contentOf(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

namespace {

std::string textGrid(double seconds) {
    return fmt::format("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n{0}\n"
                       "<exists>\n1\n\"IntervalTier\"\n\"words\"\n0\n{0}\n4\n0\n0.5\n\"\"\n0.5\n1\n"
                       "\"Hello\"\n1\n2\n\"big\"\n2\n{0}\n\"\"\n",
                       seconds);
}

constexpr const char* kTruth =
    R"({"apexes":[{"time":1.25,"word":"big"}],"strokes":[[1.0,1.5]],
"events":[{"name":"big","begin":1.0,"end":1.8,"score":0.7,"word":"big"}],
"phones":[{"phone":"pau","begin":0,"end":0.5,"stress":0},{"phone":"b","begin":0.5,"end":1.0},
{"phone":"ih","begin":1.0,"end":1.6,"stress":1}],
"words":[{"word":"hello","begin":0.5,"end":1.0},{"word":"big","begin":1.0,"end":2.0}]})";

} // namespace

void addBeat2Clip(const fs::path& root, const MadeUpClip& clip) {
    const auto frames = static_cast<std::int64_t>(clip.seconds * 30.0);
    const fs::path motion = root / "smplxflame_30" / (clip.id + ".npz");
    fs::create_directories(motion.parent_path());
    ASSERT_TRUE(io::writeMotionFile(motion, calmClip(frames, clip.stream)).ok());
    writeSpeech(root / "wave16k" / (clip.id + ".wav"), clip.seconds, clip.stream);
    writeText(root / "textgrid" / (clip.id + ".TextGrid"), textGrid(clip.seconds));
    writeText(root / "sem" / (clip.id + ".txt"),
              "01_beat_align\t0.2\t0.9\t0.7\t0.1\n05_iconic_l\t1.0\t1.8\t0.8\t0.7\tbig\n");
    writeText(root / "truth" / (clip.id + ".json"), kTruth);
    const fs::path table = root / "train_test_split.csv";
    const bool isNew = !fs::exists(table);
    std::ofstream rows(table, std::ios::app);
    rows << (isNew ? "id,type\n" : "") << clip.id << ',' << clip.split << '\n';
}

void makeBeat2Corpus(const fs::path& root) {
    const MadeUpClip clips[] = {
        {"2_scott_0_1_1", "train", 5.0, 1}, {"2_scott_0_2_2", "train", 4.2, 2},
        {"2_scott_0_3_3", "val", 6.5, 3},   {"30_katya_0_1_1", "train", 7.0, 4},
        {"2_scott_0_4_4", "test", 5.9, 5},  {"2_scott_0_5_5", "train", 4.0, 6}};
    for (const MadeUpClip& clip : clips)
        addBeat2Clip(root, clip);
}

} // namespace gesture::test
