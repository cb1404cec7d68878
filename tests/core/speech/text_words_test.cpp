// SPDX-License-Identifier: Apache-2.0
#include "core/speech/text_words.h"

#include "core/speech/number_words.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace gesture::speech {
namespace {

using ::testing::ElementsAre;

/// "shown=spoken words" of each word.
std::vector<std::string> read(std::string_view text) {
    std::vector<std::string> result;
    const auto words = wordsOfText(text);
    if (!words) return {words.error().message()};
    for (const TextWord& word : *words) {
        std::string spoken;
        for (const Utterance& utterance : word.spoken)
            spoken += (spoken.empty() ? "" : " ") + utterance.word;
        result.push_back(word.shown + "=" + spoken);
    }
    return result;
}

TEST(TextWords, PunctuationGoesAndSpellingStays) {
    EXPECT_THAT(read("“Well,” he said—“don't, John!” (It’s late…)"),
                ElementsAre("Well=well", "he=he", "said=said", "don't=don't", "John=john",
                            "It’s=it's", "late=late"));
}

TEST(TextWords, NumbersAreSaidAsPeopleSayThem) {
    EXPECT_THAT(read("1,234 3.14 0 007 21st -5"),
                ElementsAre("1,234=one thousand two hundred thirty four",
                            "3.14=three point one four", "0=zero", "007=zero zero seven",
                            "21st=twenty first", "-5=minus five"));
}

TEST(TextWords, YearsAreReadInPairs) {
    EXPECT_THAT(read("1984 1905 1900 2005 2024 1990s 1939–45"),
                ElementsAre("1984=nineteen eighty four", "1905=nineteen oh five",
                            "1900=nineteen hundred", "2005=two thousand five",
                            "2024=twenty twenty four", "1990s=nineteen nineties",
                            "1939–45=nineteen thirty nine to forty five"));
}

TEST(TextWords, MoneySharesTimesAndUnitsAreSpelledOut) {
    EXPECT_THAT(read("$1 $5.50 $5 million £3 50% 10:30 5pm 20km 2½"),
                ElementsAre("$1=one dollar", "$5.50=five dollars fifty", "$5=five",
                            "million=million dollars", "£3=three pounds", "50%=fifty percent",
                            "10:30=ten thirty", "5pm=five p m", "20km=twenty kilometers",
                            "2½=two and one half"));
}

TEST(TextWords, AbbreviationsKeepTheirDot) {
    EXPECT_THAT(read("Mr. Smith vs. Dr. Jones, e.g. in the U.S. end."),
                ElementsAre("Mr.=mister", "Smith=smith", "vs.=versus", "Dr.=doctor", "Jones=jones",
                            "e.g.=e g", "in=in", "the=the", "U.S.=u s", "end=end"));
}

TEST(TextWords, CompoundsAreSaidInParts) {
    EXPECT_THAT(read("cold-hearted rock-'n'-roll COVID-19 AT&T MP3 www.example.com"),
                ElementsAre("cold-hearted=cold hearted", "rock-'n'-roll=rock 'n' roll",
                            "COVID-19=covid nineteen", "AT&T=at and t", "MP3=mp three",
                            "www.example.com=www dot example dot com"));
}

TEST(TextWords, AccentsFallAwayAndOtherScriptsKeepTheirPlace) {
    EXPECT_THAT(read("naïve Łódź žluť 👍 你好 שלום"),
                ElementsAre("naïve=naive", "Łódź=lodz", "žluť=zlut", "👍=", "你好=", "שלום="));
}

TEST(TextWords, AnyBytesAreRead) {
    EXPECT_THAT(read(std::string_view("a\0b \xFF\xFE c\x01 \xE2\x80\xAE"
                                      "d",
                                      14)),
                ElementsAre("a=a", "b=b", "\uFFFD\uFFFD=", "c=c", "d=d"));
    EXPECT_THAT(read(""), ElementsAre());
    EXPECT_THAT(read(" \n—… "), ElementsAre());
}

TEST(TextWords, AMegabyteOfEmojiIsReadAsWordsWithoutSound) {
    std::string text;
    while (text.size() < (1U << 20))
        text += "\xF0\x9F\x91\x8D ";
    const auto words = wordsOfText(text);
    ASSERT_TRUE(words.ok());
    EXPECT_EQ(words->size(), text.size() / 5);
    EXPECT_TRUE(words->front().spoken.empty());
}

TEST(TextWords, BooksAreRefusedWithASentence) {
    const auto words = wordsOfText(std::string((16U << 20) + 1, 'a'));
    ASSERT_FALSE(words.ok());
    EXPECT_EQ(words.error().code(), ErrorCode::LimitExceeded);
}

TEST(NumberWords, EveryGroupIsNamed) {
    EXPECT_THAT(cardinalWords("1000000"), ElementsAre("one", "million"));
    EXPECT_THAT(cardinalWords("12013"), ElementsAre("twelve", "thousand", "thirteen"));
    EXPECT_EQ(cardinalWords("999999999999999").size(), 24U);
    EXPECT_THAT(ordinalWords("120"), ElementsAre("one", "hundred", "twentieth"));
    EXPECT_EQ(cardinalWords(std::string(40, '9')).size(), 40U);
}

} // namespace
} // namespace gesture::speech
