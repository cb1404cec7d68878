// SPDX-License-Identifier: Apache-2.0
#include "tests/core/io/transcript/transcript_samples.h"

#include <cmath>
#include <fmt/format.h>

namespace gesture {
namespace {

using test::bytesOf;
using test::label;
using test::Order;
using test::read;
using test::refusal;
using test::utf16;
using test::written;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct TierText {
    std::string name;
    std::string intervals; ///< Their lines in short form.
    int count = 0;
};

/// A TextGrid in short form.
std::string shortGrid(const std::vector<TierText>& tiers, const std::string& end = "10") {
    std::string text = fmt::format(
        "File type = \"ooTextFile\"\n\"TextGrid\"\n\n0\n{}\n<exists>\n{}\n", end, tiers.size());
    for (const TierText& tier : tiers)
        text += fmt::format("\"IntervalTier\"\n\"{}\"\n0\n{}\n{}\n{}", tier.name, end, tier.count,
                            tier.intervals);
    return text;
}

std::string oneTier(const std::string& intervals, int count) {
    return shortGrid({{"words", intervals, count}});
}

TEST(TextGrid, ReadsTheLongForm) {
    const auto transcript = read(test::sampleFiles()[0].text, "a.TextGrid");
    EXPECT_THAT(transcript.words, ElementsAre(label("say \"hi\"", 0, 0.75), label("", 0.75, 2.5)));
    EXPECT_TRUE(transcript.phones.empty());
    EXPECT_EQ(transcript.duration.value, 2.5);
}

TEST(TextGrid, ReadsTheShortForm) {
    const auto transcript = read(test::sampleFiles()[1].text, "a.TextGrid");
    EXPECT_THAT(transcript.words, ElementsAre(label("שלום", 0, 0.5), label("🙂", 0.5, 1.5)));
}

TEST(TextGrid, ReadsEveryEncodingThatPraatWrites) {
    const std::string text = oneTier("0\n1\n\"grün 手\"\n", 1);
    const std::string mark = "\xEF\xBB\xBF";
    for (const std::string& bytes :
         {mark + text, bytesOf(u"\uFEFF" + utf16(text), Order::Little),
          bytesOf(u"\uFEFF" + utf16(text), Order::Big), bytesOf(utf16(text), Order::Little),
          bytesOf(utf16(text), Order::Big)})
        EXPECT_THAT(read(bytes, "a.TextGrid").words, ElementsAre(label("grün 手", 0, 1)));
}

TEST(TextGrid, ReadsUtf16BeyondTheBasicPlane) {
    std::u16string units = u"\uFEFF" + utf16(oneTier("0\n1\n\"@\"\n", 1));
    units.replace(units.find(u'@'), 1, u"\xD83D\xDE42");
    EXPECT_THAT(read(bytesOf(units, Order::Big), "a.TextGrid").words,
                ElementsAre(label("🙂", 0, 1)));
}

TEST(TextGrid, KeepsTextsToTheLetter) {
    const auto transcript =
        read(oneTier("0\n1\n\" \"\n1\n2\n\"two\r\nlines\"\n2\n3\n\"! <no> 7\"\n", 3), "a.TextGrid");
    EXPECT_THAT(transcript.words,
                ElementsAre(label(" ", 0, 1), label("two\nlines", 1, 2), label("! <no> 7", 2, 3)));
}

TEST(TextGrid, ReadsWhatOthersWriteBetweenTheValues) {
    const auto transcript = read("File type = \"ooTextFile short\"\r\n\"TextGrid\"\r\n\r\n"
                                 "0 2 ! from 0 to \"2\"\r\n<exists> 1 tier\r\n"
                                 "\"IntervalTier\" \"words\" 0 2 1\r\n0 +2.0e0 \"a\"\r\n",
                                 "a.TextGrid");
    EXPECT_THAT(transcript.words, ElementsAre(label("a", 0, 2)));
}

TEST(TextGrid, TakesWordsAndPhonesByTheirNames) {
    const std::string a = "0\n1\n\"a\"\n";
    const std::string b = "0\n1\n\"b\"\n";
    const auto named =
        read(shortGrid({{"notes", a, 1}, {"Phones", a, 1}, {"Words", b, 1}}), "a.TextGrid");
    EXPECT_THAT(named.words, ElementsAre(label("b", 0, 1)));
    EXPECT_THAT(named.phones, ElementsAre(label("a", 0, 1)));
    const auto aligner = read(shortGrid({{"Anna - phones", a, 1}, {"Anna - words", b, 1}}), "a");
    EXPECT_THAT(aligner.words, ElementsAre(label("b", 0, 1)));
    const auto maus = read(shortGrid({{"ORT-MAU", b, 1}, {"KAN-MAU", a, 1}, {"MAU", a, 1}}), "a");
    EXPECT_THAT(maus.words, ElementsAre(label("b", 0, 1)));
    EXPECT_THAT(maus.phones, ElementsAre(label("a", 0, 1)));
}

TEST(TextGrid, TakesTheFirstTierWhereNoNameIsKnown) {
    const auto transcript =
        read(shortGrid({{"phones", "0\n1\n\"p\"\n", 1}, {"scott", "0\n1\n\"w\"\n", 1}}), "a");
    EXPECT_THAT(transcript.words, ElementsAre(label("w", 0, 1)));
    EXPECT_THAT(transcript.phones, ElementsAre(label("p", 0, 1)));
}

TEST(TextGrid, TakesTheTiersThatTheUserNames) {
    const std::string grid =
        shortGrid({{"words", "0\n1\n\"a\"\n", 1}, {"Corrected", "0\n1\n\"b\"\n", 1}});
    const auto transcript = read(grid, "a", {"corrected", "words"});
    EXPECT_THAT(transcript.words, ElementsAre(label("b", 0, 1)));
    EXPECT_THAT(transcript.phones, ElementsAre(label("a", 0, 1)));
    EXPECT_EQ(refusal(grid, "a.TextGrid", {"sentences", ""}),
              "'a.TextGrid' has no tier 'sentences'; its tiers: 'words', 'Corrected'.");
}

TEST(TextGrid, PointsAreNoWords) {
    const std::string grid = "File type = \"ooTextFile\"\n\"TextGrid\"\n0\n1\n<exists>\n1\n"
                             "\"TextTier\"\n\"marks\"\n0\n1\n1\n0.5\n\"x\"\n";
    EXPECT_THAT(refusal(grid, "a.TextGrid"), HasSubstr("'marks' (points)"));
    EXPECT_THAT(refusal(grid, "a.TextGrid", {"marks", ""}),
                HasSubstr("holds points in tier 'marks'"));
}

TEST(TextGrid, WrongIntervalsAreNamedByLineAndReason) {
    EXPECT_EQ(refusal(oneTier("0\n1.5\n\"a\"\n1.5\n1.2\n\"b\"\n", 2), "a.TextGrid"),
              "'a.TextGrid', line 16: the interval ends (1.2 s) before it begins (1.5 s).");
    EXPECT_THAT(refusal(oneTier("0\n1.5\n\"a\"\n1.2\n2\n\"b\"\n", 2), "a.TextGrid"),
                HasSubstr("line 16: the interval begins (1.2 s) before the one in front of it ends "
                          "(1.5 s)"));
    EXPECT_THAT(refusal(oneTier("-1\n1.5\n\"a\"\n", 1), "a.TextGrid"),
                HasSubstr("line 13: the interval begins before the sound, at -1 s"));
    EXPECT_THAT(refusal(oneTier("1\n1\n\"a\"\n", 1), "a.TextGrid"), HasSubstr("has no length"));
}

TEST(TextGrid, TimesThatAreNoNumbersAreRefused) {
    for (const std::string time : {"nan", "-nan", "inf", "-inf", "1e999", "1,5", "1.5s", "0x10"})
        EXPECT_THAT(refusal(oneTier("0\n" + time + "\n\"a\"\n", 1), "a.TextGrid"),
                    HasSubstr("line 14: '" + time + "'"));
    EXPECT_THAT(refusal(oneTier("0\n1,5\n\"a\"\n", 1), "a"), HasSubstr("decimal comma"));
    EXPECT_THAT(refusal(oneTier("0\n1e9\n\"a\"\n", 1), "a"), HasSubstr("longer than any sound"));
}

TEST(TextGrid, CountsThatLieAreRefused) {
    const std::string item = "0\n1\n\"a\"\n";
    EXPECT_THAT(refusal(oneTier(item, 0), "a"), HasSubstr("more follows than the counts"));
    EXPECT_THAT(refusal(oneTier(item, 2), "a"), HasSubstr("the file ends where"));
    EXPECT_THAT(refusal(oneTier(item, -1), "a"), HasSubstr("'-1' is not the number of items"));
    EXPECT_THAT(refusal(oneTier(item, 2147483647), "a"), HasSubstr("larger than this program"));
    for (const std::string count : {"18446744073709551615", "1e300", "1.5"}) {
        std::string grid = oneTier(item, 777);
        grid.replace(grid.find("777"), 3, count);
        EXPECT_FALSE(refusal(grid, "a").empty());
        grid = shortGrid({{"words", item, 1}});
        grid.replace(grid.find("\n1\n\"Int"), 3, "\n" + count + "\n");
        EXPECT_FALSE(refusal(grid, "a").empty());
    }
}

TEST(TextGrid, OtherFilesOfPraatAreNamed) {
    EXPECT_THAT(refusal("File type = \"ooTextFile\"\nObject class = \"Collection\"\n", "a"),
                HasSubstr("'Collection'"));
    EXPECT_THAT(refusal("ooBinaryFile\x08TextGrid", "a"), HasSubstr("Save as text file"));
    EXPECT_THAT(refusal("\"Praat chronological TextGrid text file\"\n0 1\n", "a"),
                HasSubstr("chronological"));
}

TEST(TextGrid, WritesCompleteTiers) {
    audio::Transcript transcript;
    transcript.words = {label("say \"hi\"", 0.5, 1), label("you", 1, 1.25)};
    transcript.phones = {label("S", 0.5, 0.75)};
    transcript.duration = {2};
    const auto again = read(written(transcript, "a.TextGrid"), "a.TextGrid");
    EXPECT_THAT(again.words, ElementsAre(label("", 0, 0.5), label("say \"hi\"", 0.5, 1),
                                         label("you", 1, 1.25), label("", 1.25, 2)));
    EXPECT_THAT(again.phones,
                ElementsAre(label("", 0, 0.5), label("S", 0.5, 0.75), label("", 0.75, 2)));
    EXPECT_EQ(again.duration.value, 2);
}

TEST(TextGrid, KeepsEveryDigitOfTheTimes) {
    audio::Transcript transcript;
    transcript.words = {label("a", 0.1 + 0.2, 2.0 / 3.0), label("b", 2.0 / 3.0, std::sqrt(2.0)),
                        label("c", std::nextafter(std::sqrt(2.0), 2.0), 1e6 + 1.0 / 3.0)};
    const auto again = read(written(transcript, "a.TextGrid"), "a.TextGrid");
    ASSERT_EQ(again.words.size(), 5U); // with the blanks in front of the first and the last word
    EXPECT_EQ(again.words[1], transcript.words[0]);
    EXPECT_EQ(again.words[2], transcript.words[1]);
    EXPECT_EQ(again.words[4], transcript.words[2]);
}

TEST(TextGrid, IsNotWrittenWithoutALength) {
    const auto text = io::serializeTranscript("a.TextGrid", {});
    ASSERT_FALSE(text.ok());
    EXPECT_THAT(text.error().message(), HasSubstr("has no duration"));
    EXPECT_THAT(read(written({{}, {}, {3}, ""}, "a.TextGrid"), "a.TextGrid").words,
                ElementsAre(label("", 0, 3)));
}

} // namespace
} // namespace gesture
