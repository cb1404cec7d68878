// SPDX-License-Identifier: Apache-2.0
#include "core/base/atomic_file.h"
#include "core/base/process.h"
#include "tests/core/io/transcript/transcript_samples.h"
#include "tests/support/temporary_folder.h"

#include <chrono>
#include <clocale>
#include <cstdlib>

namespace gesture {
namespace {

using io::TranscriptFormat;
using test::label;
using test::refusal;
using ::testing::HasSubstr;

audio::Transcript helloYou() {
    audio::Transcript transcript;
    transcript.words = {label("hello", 0.5, 1), label("you", 1, 1.5)};
    transcript.duration = {2};
    return transcript;
}

TEST(TranscriptFile, TheContentDecidesTheFormat) {
    for (const auto& sample : test::sampleFiles()) {
        const auto expected = io::transcriptFormatByExtension(sample.name);
        for (const std::string& name :
             {sample.name, std::string("a.txt"), std::string("a.srt"), std::string("a.json")}) {
            const auto loaded = io::parseTranscript(sample.text, name);
            ASSERT_TRUE(loaded.ok()) << sample.name << ": " << loaded.error().message();
            EXPECT_EQ(loaded->format, expected) << sample.name << " as " << name;
            EXPECT_TRUE(audio::validate(loaded->transcript).ok()) << sample.name;
        }
    }
}

TEST(TranscriptFile, WordsThatLookLikeAnotherFormatMisleadNobody) {
    audio::Transcript transcript;
    for (const std::string text : {"-->", "00:01.000 --> 00:02.000", "WEBVTT", "{", "ooTextFile"}) {
        transcript.words = {label(text, 0, 1)};
        for (const std::string name : {"a.csv", "a.tsv", "a.json"})
            EXPECT_EQ(test::read(test::written(transcript, name), name), transcript) << text;
        const auto grid = test::read(test::written(transcript, "a.TextGrid"), "a.TextGrid");
        EXPECT_EQ(grid.words, transcript.words) << text;
    }
}

TEST(TranscriptFile, TheExtensionDecidesWhereTheContentDoesNot) {
    EXPECT_THAT(refusal("", "a.srt"), HasSubstr("no subtitles"));
    EXPECT_THAT(refusal("", "a.TextGrid"), HasSubstr("the file ends where"));
    EXPECT_THAT(refusal("", "a.ctm"), HasSubstr("no words"));
    EXPECT_THAT(refusal("", "a.CSV"), HasSubstr("name the columns"));
    EXPECT_THAT(refusal("", "a.json"), HasSubstr("not JSON"));
    EXPECT_THAT(refusal("", "a.vtt"), HasSubstr("WEBVTT"));
    EXPECT_EQ(refusal("hello you\n", "a.txt"),
              "'a.txt' is not a transcript with times that this program reads. Use TextGrid, SRT, "
              "WebVTT, CTM, JSON, CSV or TSV.");
}

TEST(TranscriptFile, WritesAndReadsEveryExtension) {
    const test::TemporaryFolder folder;
    for (const std::string name :
         {"a.TextGrid", "a.srt", "a.vtt", "a.ctm", "a.json", "a.csv", "a.tsv"}) {
        const auto path = folder / name;
        const auto written = io::writeTranscript(path, helloYou());
        ASSERT_TRUE(written.ok()) << written.error().message();
        const auto again = io::readTranscript(path);
        ASSERT_TRUE(again.ok()) << again.error().message();
        EXPECT_EQ(audio::plainText(*again), "hello you") << name;
        EXPECT_EQ(io::loadTranscript(path)->format, io::transcriptFormatByExtension(path));
    }
    EXPECT_EQ(folder.entryCount(), 7);
}

TEST(TranscriptFile, RefusedTranscriptsLeaveTheOldFile) {
    const test::TemporaryFolder folder;
    const auto path = folder / "a.json";
    ASSERT_TRUE(writeTextAtomically(path, "old").ok());
    audio::Transcript overlapping = helloYou();
    overlapping.words[1].begin = {0.75};
    const auto written = io::writeTranscript(path, overlapping);
    ASSERT_FALSE(written.ok());
    EXPECT_THAT(written.error().message(), HasSubstr("Word 2 ('you', 0.75 to 1.5 s)"));
    EXPECT_EQ(readTextFile(path, 100).value(), "old");
    EXPECT_EQ(folder.entryCount(), 1);
}

TEST(TranscriptFile, UnknownExtensionsAndMissingFilesAreNamed) {
    const test::TemporaryFolder folder;
    const auto wrong = io::writeTranscript(folder / "a.docx", helloYou());
    ASSERT_FALSE(wrong.ok());
    EXPECT_EQ(wrong.error().code(), ErrorCode::Usage);
    EXPECT_THAT(wrong.error().message(), HasSubstr(".TextGrid, .srt"));
    const auto nowhere = io::writeTranscript(folder / "missing" / "a.srt", helloYou());
    ASSERT_FALSE(nowhere.ok());
    EXPECT_EQ(nowhere.error().code(), ErrorCode::Io);
    const auto missing = io::readTranscript(folder / "missing.srt");
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.error().code(), ErrorCode::NotFound);
}

/// A locale whose numbers have commas, for as long as it lives: an installed one, or one that
/// localedef makes in a folder of its own.
class CommaLocale {
public:
    CommaLocale()
        : before_(std::setlocale(LC_ALL, nullptr)) {
        if (choose()) return;
        const auto made = runProgram(
            {"localedef", {"-i", "de_DE", "-f", "UTF-8", (folder_ / "de_DE.UTF-8").string()}},
            std::chrono::seconds(30));
        if (!made.ok()) return;
        ::setenv("LOCPATH", folder_.path().c_str(), 1);
        choose();
        ::unsetenv("LOCPATH");
    }
    CommaLocale(const CommaLocale&) = delete;
    CommaLocale& operator=(const CommaLocale&) = delete;
    ~CommaLocale() { std::setlocale(LC_ALL, before_.c_str()); }

    [[nodiscard]] static bool isActive() { return std::localeconv()->decimal_point[0] == ','; }

private:
    static bool choose() {
        for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "de_DE"})
            if (std::setlocale(LC_ALL, name) != nullptr) return true;
        return false;
    }

    test::TemporaryFolder folder_;
    std::string before_;
};

TEST(TranscriptFile, NumbersAreTheSameInEveryLocale) {
    std::vector<audio::Transcript> transcripts;
    std::vector<std::string> texts;
    for (const auto& sample : test::sampleFiles()) {
        transcripts.push_back(test::read(sample.text, sample.name));
        texts.push_back(test::written(transcripts.back(), sample.name));
    }
    const CommaLocale locale;
    if (!CommaLocale::isActive()) GTEST_SKIP() << "No locale with decimal commas is installed.";
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto sample = test::sampleFiles()[i];
        EXPECT_EQ(test::read(sample.text, sample.name), transcripts[i]) << sample.name;
        EXPECT_EQ(test::written(transcripts[i], sample.name), texts[i]) << sample.name;
    }
}

TEST(TranscriptFile, DurationsThatAreTooShortGrowToTheLastLabel) {
    const auto transcript = test::read(
        "{\"duration\": 1, \"words\": [{\"word\": \"a\", \"start\": 0, \"end\": 1.25}]}", "a.json");
    EXPECT_EQ(transcript.duration.value, 1.25);
}

} // namespace
} // namespace gesture
