// SPDX-License-Identifier: Apache-2.0
// Praat itself reads what this program writes, and this program what Praat writes.
#include "core/base/atomic_file.h"
#include "core/base/process.h"
#include "tests/core/io/transcript/transcript_samples.h"
#include "tests/support/temporary_folder.h"

#include <charconv>
#include <chrono>
#include <sstream>

namespace gesture {
namespace {

using test::label;
using ::testing::ElementsAre;

/// Praat prints a line for each interval: tier, begin, end, text.
constexpr const char* kListScript = R"(form List
    sentence file x
endform
Read from file: file$
tiers = Get number of tiers
total = Get total duration
writeInfoLine: "duration ", fixed$(total, 3)
for tier to tiers
    name$ = Get tier name: tier
    n = Get number of intervals: tier
    appendInfoLine: "tier ", name$, " ", n
    for i to n
        begin = Get start time of interval: tier, i
        end = Get end time of interval: tier, i
        text$ = Get label of interval: tier, i
        appendInfoLine: fixed$(begin, 9), tab$, fixed$(end, 9), tab$, text$
    endfor
endfor
)";

constexpr const char* kSaveScript = R"(form Save
    sentence input x
    sentence folder x
endform
Text writing preferences: "UTF-8"
Read from file: input$
Save as text file: folder$ + "/long8.TextGrid"
Save as short text file: folder$ + "/short8.TextGrid"
Text writing preferences: "UTF-16"
Save as text file: folder$ + "/long16.TextGrid"
Save as short text file: folder$ + "/short16.TextGrid"
)";

audio::Transcript strangeTranscript() {
    audio::Transcript transcript;
    transcript.words = {label("say \"hi\"", 0.1, 1.0 / 3.0),
                        label("", 1.0 / 3.0, 0.5),
                        label("grün", 0.5, 1),
                        label("手", 1.25, 1.5),
                        label("שלום", 1.5, 1.75),
                        label("🙂!", 1.75, 1.999999999)};
    transcript.phones = {label("S", 0.1, 0.2), label("eI", 0.2, 1.0 / 3.0)};
    transcript.duration = {2.5};
    return transcript;
}

class Praat : public ::testing::Test {
protected:
    void SetUp() override {
        const auto version = runProgram({"praat", {"--version"}}, std::chrono::seconds(30));
        if (!version || version->exitStatus != 0) GTEST_SKIP() << "Praat is not installed.";
    }

    /// What Praat prints for a script with arguments.
    std::string run(const char* script, std::vector<std::string> arguments) {
        const auto path = folder_ / "script.praat";
        EXPECT_TRUE(writeTextAtomically(path, script).ok());
        arguments.insert(arguments.begin(), {"--run", path.string()});
        const auto output = runProgram({"praat", arguments}, std::chrono::seconds(60));
        EXPECT_TRUE(output.ok() && output->exitStatus == 0)
            << (output.ok() ? output->text : output.error().message());
        return output.ok() ? output->text : std::string();
    }

    test::TemporaryFolder folder_;
};

/// Checks the lines that Praat printed for a tier.
void expectTier(std::istringstream& lines, const std::string& name,
                const std::vector<test::TimedLabel>& labels) {
    std::string line;
    ASSERT_TRUE(std::getline(lines, line));
    EXPECT_EQ(line, "tier " + name + " " + std::to_string(labels.size()));
    for (const auto& expected : labels) {
        ASSERT_TRUE(std::getline(lines, line));
        std::istringstream fields(line);
        std::string begin;
        std::string end;
        std::string text;
        std::getline(fields, begin, '\t');
        std::getline(fields, end, '\t');
        std::getline(fields, text);
        EXPECT_NEAR(std::stod(begin), expected.begin.value, 1e-9);
        EXPECT_NEAR(std::stod(end), expected.end.value, 1e-9);
        EXPECT_EQ(text, expected.text);
    }
}

TEST_F(Praat, ReadsWhatWeWrite) {
    const auto path = folder_ / "ours.TextGrid";
    ASSERT_TRUE(io::writeTranscript(path, strangeTranscript()).ok());
    const auto again = io::readTranscript(path);
    ASSERT_TRUE(again.ok()) << again.error().message();
    std::istringstream lines(run(kListScript, {path.string()}));
    std::string first;
    ASSERT_TRUE(std::getline(lines, first));
    EXPECT_EQ(first, "duration 2.500");
    expectTier(lines, "words", again->words);
    expectTier(lines, "phones", again->phones);
    EXPECT_EQ(again->words.size(), 9U); // a blank in front, one in the gap, one to the end
}

TEST_F(Praat, WritesWhatWeRead) {
    const auto path = folder_ / "ours.TextGrid";
    ASSERT_TRUE(io::writeTranscript(path, strangeTranscript()).ok());
    const auto ours = io::readTranscript(path);
    ASSERT_TRUE(ours.ok()) << ours.error().message();
    run(kSaveScript, {path.string(), folder_.path().string()});
    for (const std::string name : {"long8", "short8", "long16", "short16"}) {
        const auto theirs = io::readTranscript(folder_ / (name + ".TextGrid"));
        ASSERT_TRUE(theirs.ok()) << name << ": " << theirs.error().message();
        EXPECT_EQ(*theirs, *ours) << name;
    }
}

} // namespace
} // namespace gesture
