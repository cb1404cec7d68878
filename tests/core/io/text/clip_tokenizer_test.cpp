// SPDX-License-Identifier: Apache-2.0
// Words of sentences with a merges file made by hand; the lists of open_clip
// (tests/golden/make_speech_golden.py) where the published one is at hand.
#include "core/io/text/clip_text.h"
#include "core/io/text/clip_tokenizer.h"
#include "core/io/text/unicode_text.h"
#include "tests/support/temporary_folder.h"

#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace gesture::test {
namespace {

using io::ClipTokenizer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kMergesFile = "#version: 0.2\n"
                                    "l o\n"      // 512 lo
                                    "lo w</w>\n" // 513 low</w>
                                    "e r</w>\n"  // 514 er</w>
                                    "a a\n"      // 515 aa
                                    "Ã ©</w>\n"; // 516 é</w>, its two bytes
constexpr std::size_t kMergeCount = 5;
constexpr std::int64_t kStart = 517;
constexpr std::int64_t kEnd = 518;

/// Number of a printable byte, alone and where it ends a word.
std::int64_t byteToken(char c) { return c - '!'; }
std::int64_t lastToken(char c) { return byteToken(c) + 256; }

ClipTokenizer small() {
    auto made = ClipTokenizer::parse("small", kMergesFile, kMergeCount);
    EXPECT_TRUE(made.ok()) << made.error().message();
    return *std::move(made);
}

std::string failure(std::string text, std::size_t merges = kMergeCount) {
    const auto made = ClipTokenizer::parse("merges.txt", std::move(text), merges);
    return made.ok() ? "" : made.error().message();
}

TEST(ClipTokenizer, JoinsBytesInTheOrderOfTheMerges) {
    const ClipTokenizer tokenizer = small();
    EXPECT_EQ(tokenizer.vocabularySize(), 519);
    EXPECT_THAT(tokenizer.encode("low"), ElementsAre(kStart, 513, kEnd));
    EXPECT_THAT(tokenizer.encode("lower"), ElementsAre(kStart, 512, byteToken('w'), 514, kEnd));
    EXPECT_THAT(tokenizer.encode("aaaa"),
                ElementsAre(kStart, 515, byteToken('a'), lastToken('a'), kEnd));
    EXPECT_THAT(tokenizer.encode("É"), ElementsAre(kStart, 516, kEnd));
}

TEST(ClipTokenizer, AnEmptySentenceIsStartAndEnd) {
    EXPECT_THAT(small().encode(""), ElementsAre(kStart, kEnd));
    EXPECT_THAT(small().encode(" \n\t"), ElementsAre(kStart, kEnd));
}

TEST(ClipTokenizer, LongSentencesAreCutBeforeTheEndToken) {
    std::string sentence;
    for (int i = 0; i < 100'000; ++i)
        sentence += "low ";
    const auto tokens = small().encode(sentence);
    EXPECT_EQ(tokens.size(), ClipTokenizer::kLength);
    EXPECT_EQ(tokens.front(), kStart);
    EXPECT_EQ(tokens[75], 513);
    EXPECT_EQ(tokens.back(), kEnd);
    EXPECT_EQ(small().encode(std::string(1'000'000, 'a')).size(), ClipTokenizer::kLength);
}

TEST(ClipTokenizer, BytesThatAreNoTextHaveTokensToo) {
    const auto tokens = small().encode("\xFF\xC3(");
    EXPECT_GT(tokens.size(), 2U);
    EXPECT_EQ(tokens.back(), kEnd);
}

TEST(ClipTokenizer, MarksOfTheModelInASentenceAreOrdinaryWords) {
    for (const std::int64_t token : small().encode("<|endoftext|>"))
        EXPECT_TRUE(token < 512 || token == kStart || token == kEnd);
    EXPECT_EQ(small().encode("<|endoftext|> low").back(), kEnd);
}

TEST(ClipTokenizer, FilesOfWindowsAreRead) {
    std::string text(kMergesFile);
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2)
        text.insert(at, "\r");
    EXPECT_EQ(failure(text), "");
}

TEST(ClipTokenizer, SaysWhatIsWrongWithAMergesFile) {
    EXPECT_THAT(failure(""), HasSubstr("begins with a line that names its version"));
    EXPECT_THAT(failure("l o\n"), HasSubstr("begins with a line that names its version"));
    EXPECT_THAT(failure(kMergesFile, 6), HasSubstr("the file ends after 5 of 6 merges"));
    EXPECT_THAT(failure("#version: 0.2\nl o\nlo\n"), HasSubstr("line 3"));
    EXPECT_THAT(failure("#version: 0.2\nl o w\n"), HasSubstr("two tokens with a blank"));
    EXPECT_THAT(failure("#version: 0.2\nlo w\n"), HasSubstr("'lo' is joined, but no line before"));
    EXPECT_THAT(failure("#version: 0.2\nl o\nl o\n"), HasSubstr("'lo' is made twice"));
    EXPECT_THAT(failure("#version: 0.2\nl o\no w\nlo w\nl ow\n"), HasSubstr("'low' is made twice"));
    EXPECT_THAT(failure("\x1F\x8B\x08"), HasSubstr("is compressed"));
    EXPECT_NE(failure("#version\n\xFF \xFE\n"), "");
}

TEST(ClipTokenizer, LargeAndMissingFilesAreRefused) {
    const TemporaryFolder folder;
    EXPECT_EQ(ClipTokenizer::open(folder / "none").error().code(), ErrorCode::NotFound);
    std::ofstream(folder / "large") << std::string((std::size_t{16} << 20U) + 1, ' ');
    EXPECT_EQ(ClipTokenizer::open(folder / "large").error().code(), ErrorCode::LimitExceeded);
}

std::string cleaned(std::string_view text) { return io::utf8Of(io::cleanedForClip(text)); }

TEST(ClipText, IsCleanedAsTheOriginalDoes) {
    EXPECT_EQ(cleaned("  I\tDON’T \n know  "), "i don't know");
    EXPECT_EQ(cleaned("&amp;amp; &quot;x&quot; &#39;s &#x41; &unknown; &#0; &#xD800;"),
              "& \"x\" 's a &unknown; &#0; &#xd800;");
    EXPECT_EQ(cleaned("ＦＵＬＬ　ｗｉｄｔｈ ﬁn"), "full width fin");
    EXPECT_EQ(cleaned("cafe\u0301 A\u030A"), "café å");
    EXPECT_EQ(cleaned("a\u0001b\uFEFFc"), "abc");
    EXPECT_EQ(cleaned("ΟΔΟΣ Σ Dž ẞ"), "οδος σ dž ß");
}

TEST(ClipText, IsCutIntoWordsByThePattern) {
    std::vector<std::string> words;
    const std::u32string text =
        io::cleanedForClip("we'll say 12½ café—no!? 'tis o'clock_x 👍🏽");
    for (const auto word : io::clipWords(text, 100))
        words.push_back(io::utf8Of(word));
    EXPECT_THAT(words, ElementsAre("we", "'ll", "say", "1", "2", "½", "café", "—", "no", "!?", "'t",
                                   "is", "o", "'", "clock", "_", "x", "👍🏽"));
    EXPECT_EQ(io::clipWords(text, 3).size(), 3U);
}

TEST(ClipTokenizer, EqualsOpenClipWithThePublishedMerges) {
    const char* path = std::getenv("GESTURE_CLIP_MERGES");
    if (path == nullptr)
        GTEST_SKIP() << "GESTURE_CLIP_MERGES does not name a copy of bpe_simple_vocab_16e6.txt "
                        "(unpacked; PyPI: open_clip_torch)";
    const auto tokenizer = ClipTokenizer::open(path);
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().message();
    EXPECT_EQ(tokenizer->startToken(), 49406);
    EXPECT_EQ(tokenizer->endToken(), 49407);
    std::ifstream file(std::string(GESTURE_TEST_SOURCE) + "/tests/golden/text/clip_tokens.json");
    const auto rows = nlohmann::json::parse(file);
    EXPECT_GE(rows.size(), 40U);
    for (const auto& row : rows) {
        const auto text = row.at("text").get<std::string>();
        EXPECT_EQ(tokenizer->encode(text), row.at("tokens").get<std::vector<std::int64_t>>())
            << text;
    }
}

} // namespace
} // namespace gesture::test
