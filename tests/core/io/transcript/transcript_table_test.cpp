// SPDX-License-Identifier: Apache-2.0
#include "tests/core/io/transcript/transcript_samples.h"

namespace gesture {
namespace {

using test::label;
using test::read;
using test::refusal;
using test::written;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(TranscriptTable, ReadsColumnsInAnyOrder) {
    const auto transcript = read("Word;Speaker;Confidence;End;Start\nhello;A;0.5;1.5;1\n"
                                 "you;A;;2;1.5\n",
                                 "a.csv");
    ASSERT_EQ(transcript.words.size(), 2U);
    EXPECT_EQ(transcript.words[0].confidence, 0.5F);
    EXPECT_EQ(transcript.words[0].begin.value, 1);
    EXPECT_EQ(transcript.words[1], label("you", 1.5, 2));
}

TEST(TranscriptTable, ReadsQuotedTexts) {
    const auto transcript =
        read("begin,end,text\r\n0,1,\"a, \"\"b\"\"\r\nc\"\r\n\r\n1 , 2 , d \r\n", "a.csv");
    EXPECT_THAT(transcript.words, ElementsAre(label("a, \"b\"\nc", 0, 1), label("d", 1, 2)));
}

TEST(TranscriptTable, ReadsDurationsAndKinds) {
    const auto transcript = read("Begin\tDuration\tLabel\tType\n0\t1\tda\twords\n"
                                 "0\t0.5\tD\tphones\n0.5\t0.5\tA\tphones\n",
                                 "a.tsv");
    EXPECT_THAT(transcript.words, ElementsAre(label("da", 0, 1)));
    EXPECT_THAT(transcript.phones, ElementsAre(label("D", 0, 0.5), label("A", 0.5, 1)));
    EXPECT_THAT(refusal("begin,end,text,type\n0,1,a,gestures\n", "a.csv"),
                HasSubstr("line 2: 'gestures' is neither words nor phones"));
}

TEST(TranscriptTable, WrongRowsAreNamedByLineAndReason) {
    const std::string head = "begin;end;text\n0;1;a\n";
    EXPECT_THAT(refusal(head + "1,5;2;b\n", "a.csv"),
                HasSubstr("line 3: '1,5' has a decimal comma: write it with a point"));
    EXPECT_THAT(refusal("begin,end,text\n1,5,2,5,b\n", "a.csv"),
                HasSubstr("line 2: the row has 5 columns, the header 3"));
    EXPECT_THAT(refusal(head + "1;2\n", "a.csv"), HasSubstr("2 columns"));
    EXPECT_THAT(refusal(head + "1;2;\"b\n", "a.csv"),
                HasSubstr("line 3: this text has no closing"));
    EXPECT_THAT(refusal(head + "1;2;\"b\"c\n", "a.csv"),
                HasSubstr("line 3: after a closing quote"));
    EXPECT_THAT(refusal(head + "2;1;b\n", "a.csv"), HasSubstr("line 3: the word ends"));
    EXPECT_THAT(refusal(head + "0.5;2;b\n", "a.csv"), HasSubstr("line 3: the word begins"));
    for (const std::string time : {"nan", "inf", "1e999", ""})
        EXPECT_THAT(refusal(head + time + ";2;b\n", "a.csv"), HasSubstr("line 3: '" + time + "'"));
    EXPECT_THAT(refusal("0,1,a\n", "a.csv"), HasSubstr("line 1: the first row should name"));
    EXPECT_THAT(refusal(std::string(1000, ','), "a.csv"), HasSubstr("more than 100 columns"));
}

TEST(TranscriptTable, KeepsWordsPhonesAndConfidence) {
    audio::Transcript transcript;
    transcript.words = {label("a,\"b\"\t;\nc", 0.1, 0.3), label(" ", 0.3, 1.0 / 3.0)};
    transcript.words[0].confidence = 0.1F;
    EXPECT_EQ(read(written(transcript, "a.csv"), "a.csv"), transcript);
    EXPECT_EQ(read(written(transcript, "a.tsv"), "a.tsv"), transcript);
    transcript.phones = {label("AA1", 0.1, 0.2)};
    EXPECT_EQ(read(written(transcript, "a.csv"), "a.csv"), transcript);
}

} // namespace
} // namespace gesture
