// SPDX-License-Identifier: Apache-2.0
#include "core/audio/audio_writer.h"
#include "core/base/atomic_file.h"
#include "tests/e2e/cli.h"
#include "tests/support/scoped_variable.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <map>
#include <set>

namespace gesture {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

constexpr int kVoiceRate = 16000;

/// Folders of a batch, with a tiny bundle and caches of their own.
class BatchCommand : public ::testing::Test {
protected:
    void SetUp() override {
        const auto made = runProgram({fs::path(GESTURE_TEST_BINARIES) / "tiny_bundle",
                                      {"semtalk", (folder_ / "bundle").string()}},
                                     std::chrono::minutes(1));
        ASSERT_TRUE(made.ok()) << made.error().message();
        ASSERT_EQ(made->exitStatus, 0) << made->text;
        fs::create_directory(sounds());
    }

    [[nodiscard]] fs::path sounds() const { return folder_ / "sounds"; }
    [[nodiscard]] fs::path out() const { return folder_ / "out"; }

    /// A second of the demo voice, from `start` seconds on.
    void cutVoice(const std::string& name, int start) const {
        const fs::path target = sounds() / name;
        fs::create_directories(target.parent_path());
        JobControl control;
        const auto cut = audio::copySound(
            fs::path(GESTURE_TEST_SOURCE) / "resources/demo/voice.flac", target,
            {{std::int64_t{kVoiceRate} * start}, {std::int64_t{kVoiceRate} * (start + 1)}},
            audio::SoundCoding::WavPcm16, control);
        ASSERT_TRUE(cut.ok()) << cut.error().message();
    }

    [[nodiscard]] std::vector<std::string> command(const fs::path& source,
                                                   std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{"batch",     source.string(),
                                           "-o",        out().string(),
                                           "-m",        (folder_ / "bundle").string(),
                                           "--threads", "1",
                                           "--device",  "cpu"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    }
    [[nodiscard]] ProgramOutput batch(const fs::path& source,
                                      std::vector<std::string> more = {}) const {
        return test::runGesture(command(source, std::move(more)));
    }
    [[nodiscard]] fs::path manifest(const std::string& text) const {
        const fs::path path = sounds() / "list.txt";
        EXPECT_TRUE(writeTextAtomically(path, text).ok());
        return path;
    }

    test::TemporaryFolder folder_;

private:
    test::ScopedVariable cache_{"XDG_CACHE_HOME", (folder_ / "cache").string()};
};

/// The lines about clips, by the name of the first output.
std::map<std::string, json> recordsOf(const std::string& text) {
    std::map<std::string, json> records;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        json value = json::parse(line, nullptr, false);
        if (!value.is_object() || !value.contains("status")) continue;
        const std::string name = fs::path(value["outputs"][0]).filename().string();
        EXPECT_FALSE(records.contains(name)) << "two lines for " << name;
        records[name] = std::move(value);
    }
    return records;
}

std::string statusesOf(const ProgramOutput& output) {
    std::string statuses;
    for (const auto& [name, record] : recordsOf(output.text))
        statuses += fmt::format("{}{} {}", statuses.empty() ? "" : ", ", name,
                                record["status"].get<std::string>());
    return statuses;
}

std::string bytesOf(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::set<std::string> filesBelow(const fs::path& folder) {
    std::set<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) files.insert(entry.path().lexically_relative(folder).string());
    return files;
}

TEST_F(BatchCommand, MakesEachSoundOfAFolderAndSkipsItTheNextTime) {
    cutVoice("a.wav", 1);
    cutVoice("deep/b.wav", 2);
    ASSERT_TRUE(
        writeTextAtomically(sounds() / "a.srt", "1\n00:00:00,100 --> 00:00:00,900\nhello there\n")
            .ok());
    ASSERT_TRUE(writeTextAtomically(sounds() / "notes.md", "no sound").ok());

    const auto first = batch(sounds(), {"--recursive"});
    ASSERT_EQ(first.exitStatus, 0) << first.text;
    EXPECT_EQ(statusesOf(first), "a.npz done, b.npz done");
    EXPECT_EQ(filesBelow(out()), (std::set<std::string>{"a.npz", "deep/b.npz"}));
    EXPECT_EQ(recordsOf(first.text)["a.npz"]["frames"], 30);
    EXPECT_EQ(io::readMotionFile(out() / "a.npz")->frameCount(), 30);
    const auto provenance = json::parse(io::readMotionProvenance(out() / "a.npz").value());
    EXPECT_EQ(provenance["words"], 2);
    const std::string bytes = bytesOf(out() / "a.npz");

    const auto again = batch(sounds(), {"--recursive", "--json"});
    ASSERT_EQ(again.exitStatus, 0) << again.text;
    EXPECT_EQ(statusesOf(again), "a.npz skipped, b.npz skipped");
    EXPECT_EQ(bytesOf(out() / "a.npz"), bytes);
}

TEST_F(BatchCommand, WhatChangedIsMadeAnewAndNothingElse) {
    cutVoice("a.wav", 1);
    cutVoice("b.wav", 2);
    cutVoice("c.wav", 3);
    const fs::path words = sounds() / "c.srt";
    ASSERT_TRUE(writeTextAtomically(words, "1\n00:00:00,100 --> 00:00:00,900\nhello\n").ok());
    ASSERT_EQ(batch(sounds()).exitStatus, 0);

    cutVoice("b.wav", 4);
    ASSERT_TRUE(writeTextAtomically(words, "1\n00:00:00,100 --> 00:00:00,900\nworld\n").ok());
    EXPECT_EQ(statusesOf(batch(sounds())), "a.npz skipped, b.npz done, c.npz done");
    EXPECT_EQ(statusesOf(batch(sounds(), {"--seed", "7", "--jobs", "2"})),
              "a.npz done, b.npz done, c.npz done");
    EXPECT_EQ(statusesOf(batch(sounds(), {"--seed", "7"})),
              "a.npz skipped, b.npz skipped, c.npz skipped");
}

TEST_F(BatchCommand, EqualsGenerateAndDoesNotDependOnTheNumberOfEngines) {
    for (int i = 0; i < 4; ++i)
        cutVoice(fmt::format("{}.wav", i), i);
    ASSERT_EQ(batch(sounds(), {"--jobs", "3", "--temperature", "1"}).exitStatus, 0);
    const auto single = test::runGesture(
        {"generate", (sounds() / "2.wav").string(), "-o", (folder_ / "2.npz").string(), "-m",
         (folder_ / "bundle").string(), "--threads", "1", "--device", "cpu", "--temperature", "1"});
    ASSERT_EQ(single.exitStatus, 0) << single.text;
    EXPECT_EQ(bytesOf(out() / "2.npz"), bytesOf(folder_ / "2.npz"));
}

TEST_F(BatchCommand, ADamagedSoundDoesNotStopTheOthers) {
    cutVoice("a.wav", 1);
    cutVoice("c.wav", 3);
    ASSERT_TRUE(writeTextAtomically(sounds() / "b.wav", "no sound at all").ok());

    const auto output = batch(sounds());
    EXPECT_EQ(output.exitStatus, 1) << output.text;
    EXPECT_EQ(statusesOf(output), "a.npz done, b.npz failed, c.npz done");
    EXPECT_THAT(recordsOf(output.text)["b.npz"]["error"].get<std::string>(), HasSubstr("b.wav"));
    EXPECT_THAT(output.text, HasSubstr("1 of 3 clips failed"));
    EXPECT_EQ(filesBelow(out()), (std::set<std::string>{"a.npz", "c.npz"}));

    cutVoice("b.wav", 2);
    const auto repaired = batch(sounds());
    EXPECT_EQ(repaired.exitStatus, 0) << repaired.text;
    EXPECT_EQ(statusesOf(repaired), "a.npz skipped, b.npz done, c.npz skipped");
}

TEST_F(BatchCommand, AnInterruptedRunContinues) {
    constexpr int kClips = 200;
    cutVoice("a.wav", 1);
    std::string lines;
    for (int i = 0; i < kClips; ++i)
        lines +=
            fmt::format(R"({{"audio": "a.wav", "output": "take{}", "seed": {}}})", i, i) + "\n";
    const fs::path list = manifest(lines);

    auto process = Process::start({fs::path(GESTURE_TEST_BINARIES) / "gesture", command(list)},
                                  Process::Output::Streamed);
    ASSERT_TRUE(process.ok()) << process.error().message();
    std::string text;
    std::array<std::byte, 4096> buffer{};
    bool interrupted = false;
    for (;;) {
        const auto count = process->read(buffer, std::chrono::minutes(2));
        ASSERT_TRUE(count.ok()) << count.error().message();
        if (*count == 0) break;
        text.append(reinterpret_cast<const char*>(buffer.data()), *count);
        if (!interrupted && text.find('\n') != std::string::npos) {
            interrupted = true;
            ASSERT_EQ(::kill(process->id(), SIGINT), 0);
        }
    }
    const auto status = process->wait(std::chrono::minutes(2));
    ASSERT_TRUE(status.ok());
    EXPECT_EQ(*status, 3) << process->output();

    const auto made = recordsOf(text);
    std::set<std::string> expected;
    for (const auto& [name, record] : made)
        expected.insert(name);
    EXPECT_GT(made.size(), 0U);
    EXPECT_LT(made.size(), static_cast<std::size_t>(kClips));
    EXPECT_EQ(filesBelow(out()), expected);

    const auto rest = batch(list);
    ASSERT_EQ(rest.exitStatus, 0) << rest.text;
    const auto records = recordsOf(rest.text);
    EXPECT_EQ(records.size(), static_cast<std::size_t>(kClips));
    for (const auto& [name, record] : records)
        EXPECT_EQ(record["status"], expected.contains(name) ? "skipped" : "done") << name;
}

TEST_F(BatchCommand, ReadsManifestsOfBothKinds) {
    cutVoice("a.wav", 1);
    cutVoice("b c.wav", 2);
    const auto lines = batch(manifest("\n{\"audio\": \"a.wav\", \"output\": \"x/one.npz\"}\n"
                                      "{\"audio\": \"b c.wav\", \"seed\": 3, \"speaker\": 0}\n"));
    ASSERT_EQ(lines.exitStatus, 0) << lines.text;
    EXPECT_EQ(filesBelow(out()), (std::set<std::string>{"x/one.npz", "b c.npz"}));
    const auto provenance = json::parse(io::readMotionProvenance(out() / "b c.npz").value());
    EXPECT_EQ(provenance["seed"], 3);
    EXPECT_EQ(provenance["speaker"], 0);

    const auto table = batch(manifest("audio,seed,output,speaker\r\n"
                                      "a.wav,,x/one,\r\n\"b c.wav\",3,,0\r\n"));
    ASSERT_EQ(table.exitStatus, 0) << table.text;
    EXPECT_EQ(statusesOf(table), "b c.npz skipped, one.npz skipped");
}

TEST_F(BatchCommand, ErrorsInManifestsNameTheLineAndNothingIsMade) {
    const std::string good = "{\"audio\": \"a.wav\"}\n\n";
    const std::vector<std::pair<std::string, std::string>> cases{
        {good + "{\"audio\": ", "line 3: this is not an object"},
        {good + "{\"audio\": 7}", "line 3: 'audio' is not a text"},
        {good + "{\"sound\": \"b.wav\"}", "line 3: 'sound' is not known"},
        {good + "{\"seed\": 7}", "line 3: there is no 'audio'"},
        {good + "{\"audio\": \"b.wav\", \"seed\": -1}", "line 3: '-1': seed is a whole number"},
        {good + "{\"audio\": \"b.wav\", \"speaker\": 99999999999}", "line 3: '99999999999'"},
        {good + "{\"audio\": \"b.wav\", \"output\": \"../b\"}", "line 3: the output '../b'"},
        {good + "{\"audio\": \"b.wav\", \"output\": \"/tmp/b\"}", "line 3: the output '/tmp/b'"},
        {good + "{\"audio\": \"other/../a.wav\"}", "line 1 and line 3 would both"},
        {"audio,sed\na.wav,1\n", "line 1: 'sed' is not known"},
        {"seed\n1\n", "line 1: there is no column 'audio'"},
        {"audio,seed\na.wav\n", "line 2: there are 1 cells"},
        {"audio\n\"a.wav\n", "line 2: a quote is not closed"},
        {"\n\n", "lists no clips"},
    };
    for (const auto& [text, reason] : cases) {
        const auto output = batch(manifest(text));
        EXPECT_EQ(output.exitStatus, 1) << output.text;
        EXPECT_THAT(output.text, HasSubstr(reason)) << text;
    }
    EXPECT_FALSE(fs::exists(out()));
}

TEST_F(BatchCommand, TwoSoundsOfOneNameAreRefused) {
    cutVoice("a.wav", 1);
    fs::copy_file(sounds() / "a.wav", sounds() / "a.flac");
    const auto output = batch(sounds());
    EXPECT_EQ(output.exitStatus, 1);
    EXPECT_THAT(output.text, HasSubstr("'a.flac' and 'a.wav' would both be written to 'a'"));
    EXPECT_FALSE(fs::exists(out()));
}

TEST_F(BatchCommand, FilesOfOthersAreKept) {
    cutVoice("a.wav", 1);
    fs::create_directory(out());
    ASSERT_TRUE(io::writeMotionFile(out() / "a.npz", test::standingClip(5)).ok());
    const std::string bytes = bytesOf(out() / "a.npz");

    const auto refused = batch(sounds());
    EXPECT_EQ(refused.exitStatus, 1);
    EXPECT_EQ(statusesOf(refused), "a.npz failed");
    EXPECT_THAT(refused.text, HasSubstr("--overwrite"));
    EXPECT_EQ(bytesOf(out() / "a.npz"), bytes);

    EXPECT_EQ(statusesOf(batch(sounds(), {"--overwrite"})), "a.npz done");
    EXPECT_EQ(statusesOf(batch(sounds())), "a.npz skipped");
}

TEST_F(BatchCommand, FilmsAreMadeBesideTheirMotionAndSkippedToo) {
    if (!findProgram("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
    cutVoice("a.wav", 1);
    const auto first = batch(sounds(), {"--format", "mp4"});
    ASSERT_EQ(first.exitStatus, 0) << first.text;
    EXPECT_EQ(filesBelow(out()), (std::set<std::string>{"a.mp4", "a.npz"}));
    EXPECT_EQ(statusesOf(batch(sounds(), {"--format", "mp4"})), "a.npz skipped");
    EXPECT_EQ(statusesOf(batch(sounds())), "a.npz skipped");

    fs::remove(out() / "a.mp4");
    EXPECT_EQ(statusesOf(batch(sounds(), {"--format", "mp4"})), "a.npz done");

    // A film that does not belong to the motion may be the user's own.
    fs::remove(out() / "a.npz");
    EXPECT_EQ(statusesOf(batch(sounds(), {"--format", "mp4"})), "a.npz failed");
}

TEST_F(BatchCommand, MissingThingsGetASentence) {
    const auto refused = [&](const ProgramOutput& output, int status, const std::string& reason) {
        EXPECT_EQ(output.exitStatus, status) << output.text;
        EXPECT_THAT(output.text, HasSubstr(reason));
    };
    refused(batch(folder_ / "nowhere"), 1, "nowhere");
    refused(batch(sounds()), 1, "There is no sound file");
    cutVoice("a.wav", 1);
    refused(test::runGesture({"batch", sounds().string()}), 2, "--output");
    refused(batch(sounds(), {"--jobs", "0"}), 2, "--jobs");
    refused(batch(sounds(), {"--format", "avi"}), 2, "--format");
    EXPECT_FALSE(fs::exists(out()));
}

} // namespace
} // namespace gesture
