// SPDX-License-Identifier: Apache-2.0
#include "core/base/atomic_file.h"
#include "core/io/transcript/transcript_file.h"
#include "core/speech/speech_model_files.h"
#include "tests/e2e/cli.h"
#include "tests/support/temporary_folder.h"

namespace gesture {
namespace {

class TranscribeCommand : public ::testing::Test {
protected:
    void SetUp() override {
        const auto model = speech::findSpeechModel();
        if (!model) GTEST_SKIP() << model.error().message();
        ASSERT_TRUE(writeTextAtomically(folder_ / "text.txt", kText).ok());
    }

    static constexpr const char* kText =
        "And Mr. John Dashwood had then leisure to consider how much there might be prudently in "
        "his power to do for them. He was not an ill-disposed young man, unless to be rather cold "
        "hearted and rather selfish is to be ill-disposed.";
    const std::string voice_ =
        (std::filesystem::path(GESTURE_TEST_SOURCE) / "resources/demo/voice.flac").string();
    test::TemporaryFolder folder_;
};

TEST_F(TranscribeCommand, AlignsATextAndWritesEveryFormatThatWasAskedFor) {
    const std::string grid = (folder_ / "words.TextGrid").string();
    const std::string subtitles = (folder_ / "words.srt").string();
    const auto output =
        test::runGesture({"transcribe", voice_, "--text", (folder_ / "text.txt").string(), "-o",
                          grid, "-o", subtitles, "--json"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    const auto result = test::jsonLineWith(output, "words");
    EXPECT_FALSE(result["proposal"].get<bool>());
    EXPECT_EQ(result["words"].size(), 42U);
    const auto written = io::readTranscript(grid);
    ASSERT_TRUE(written.ok()) << written.error().message();
    const auto shipped =
        io::readTranscript(std::filesystem::path(voice_).replace_extension(".TextGrid"));
    ASSERT_TRUE(shipped.ok()) << shipped.error().message();
    ASSERT_EQ(written->words.size(), shipped->words.size());
    for (std::size_t i = 0; i < shipped->words.size(); ++i) {
        EXPECT_EQ(written->words[i].text, shipped->words[i].text);
        EXPECT_NEAR(written->words[i].begin.value, shipped->words[i].begin.value, 0.05);
    }
    EXPECT_TRUE(std::filesystem::exists(subtitles));
}

TEST_F(TranscribeCommand, ProposesWordsWhereThereIsNoText) {
    const auto output = test::runGesture({"transcribe", voice_, "--json"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    const auto result = test::jsonLineWith(output, "words");
    EXPECT_TRUE(result["proposal"].get<bool>());
    EXPECT_GT(result["words"].size(), 25U);
}

TEST_F(TranscribeCommand, SlipsAreNamedBeforeAnythingIsHeard) {
    EXPECT_EQ(test::runGesture({"transcribe", voice_, "-o", "words.doc"}).exitStatus, 2);
    EXPECT_EQ(test::runGesture({"transcribe"}).exitStatus, 2);
    EXPECT_EQ(test::runGesture({"transcribe", (folder_ / "none.wav").string()}).exitStatus, 1);
    EXPECT_EQ(test::runGesture({"transcribe", voice_, "--text", (folder_ / "none.txt").string()})
                  .exitStatus,
              1);
    const auto text = test::runGesture({"transcribe", (folder_ / "text.txt").string()});
    EXPECT_EQ(text.exitStatus, 1) << text.text;
}

} // namespace
} // namespace gesture
