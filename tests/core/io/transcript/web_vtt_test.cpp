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

TEST(WebVtt, ReadsNotesStylesSettingsVoicesAndReferences) {
    const auto transcript = read("WEBVTT Kind: captions\nLanguage: en\n\nNOTE\nnot --> said\n\n"
                                 "STYLE\n::cue(v) { color: red }\n\nREGION\nid:x\n\n"
                                 "one\n00:00:01.000 --> 00:00:02.000 line:0 position:20%\n"
                                 "<v.loud Mary>a&amp;b</v> &#x4E2D;&lt;&unknown;\n",
                                 "a.vtt");
    EXPECT_THAT(test::textsOf(transcript.words), ElementsAre("a&b", "中<&unknown;"));
    EXPECT_EQ(transcript.words.front().begin.value, 1);
    EXPECT_EQ(transcript.words.back().end.value, 2);
}

TEST(WebVtt, TimesInsideACueBoundItsWords) {
    const auto transcript = read("WEBVTT\n\n00:01.000 --> 00:04.000\n"
                                 "say <00:00:01.500><c>it</c><00:00:02.000> <00:00:03.000>now\n",
                                 "a.vtt");
    EXPECT_THAT(transcript.words,
                ElementsAre(label("say", 1, 1.5), label("it", 1.5, 2), label("now", 3, 4)));
}

TEST(WebVtt, CaptionsThatRollUpGiveEachLineOnce) {
    const auto transcript = read("WEBVTT\nKind: captions\n\n"
                                 "00:00:00.000 --> 00:00:02.000 align:start position:0%\n \n"
                                 "we<00:00:01.000><c> say</c>\n\n"
                                 "00:00:02.000 --> 00:00:02.010 align:start position:0%\nwe say\n "
                                 "\n\n00:00:02.010 --> 00:00:04.000 align:start position:0%\n"
                                 "we say\nit<00:00:03.000><c> now</c>\n\n"
                                 "00:00:04.000 --> 00:00:04.010\nit now\n \n",
                                 "a.vtt");
    EXPECT_THAT(transcript.words, ElementsAre(label("we", 0, 1), label("say", 1, 2),
                                              label("it", 2.01, 3), label("now", 3, 4)));
}

TEST(WebVtt, RepeatedLinesWithoutTimesInsideAreSaidTwice) {
    const auto transcript = read("WEBVTT\n\n00:00.000 --> 00:01.000\nno\n\n"
                                 "00:01.000 --> 00:02.000\nno\n",
                                 "a.vtt");
    EXPECT_EQ(transcript.words.size(), 2U);
}

TEST(WebVtt, WrongTimesInsideACueAreRefused) {
    const std::string start = "WEBVTT\n\n00:01.000 --> 00:02.000\n";
    EXPECT_THAT(refusal(start + "a <00:02.500>b\n", "a.vtt"), HasSubstr("line 4: the time 2.5 s"));
    EXPECT_THAT(refusal(start + "a <00:01.500>b <00:01.200>c\n", "a.vtt"), HasSubstr("1.2 s"));
    EXPECT_THAT(refusal(start + "a <00:01.000>b <00:02.000>c\n", "a.vtt"),
                HasSubstr("has no length"));
}

TEST(WebVtt, BrokenStructureIsRefused) {
    EXPECT_THAT(refusal("WEBVTTX\n", "a.vtt"), HasSubstr("begins with the word WEBVTT"));
    EXPECT_THAT(refusal("WEBVTT\n\nname\n", "a.vtt"), HasSubstr("line 3: the file ends after"));
    EXPECT_THAT(refusal("WEBVTT\n\nname\nno times\n", "a.vtt"), HasSubstr("line 4"));
    EXPECT_THAT(refusal("WEBVTT\n\n00:0x.000 --> 00:01.000\na\n", "a.vtt"),
                HasSubstr("line 3: '00:0x"));
    EXPECT_TRUE(read("WEBVTT", "a.vtt").words.empty());
}

TEST(WebVtt, UnfinishedTagsAreText) {
    const auto transcript = read("WEBVTT\n\n00:00.000 --> 00:01.000\n3 < 4 &\n", "a.vtt");
    EXPECT_THAT(test::textsOf(transcript.words), ElementsAre("3", "<", "4", "&"));
}

TEST(WebVtt, KeepsTheTimeOfEachWord) {
    audio::Transcript transcript;
    transcript.words = {label("a<b>&", 0.5, 1), label("two", 1.125, 1.5), label("three", 1.5, 1.75),
                        label("after-a-pause", 4, 5)};
    EXPECT_EQ(written(transcript, "a.vtt"),
              "WEBVTT\n\n00:00:00.500 --> 00:00:01.750\n"
              "a&lt;b&gt;&amp;<00:00:01.000> <00:00:01.125>two <00:00:01.500>three\n\n"
              "00:00:04.000 --> 00:00:05.000\nafter-a-pause\n\n");
    EXPECT_EQ(read(written(transcript, "a.vtt"), "a.vtt").words, transcript.words);
}

} // namespace
} // namespace gesture
