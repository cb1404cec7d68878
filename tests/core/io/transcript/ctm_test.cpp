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

TEST(Ctm, ReadsWordsWithConfidenceAndComments) {
    const auto transcript = read(";; made by hand\n\nclip A 0.50 0.25 hello 0.9\n"
                                 "clip\tA\t0.75\t0.5\tyou\tNA lex spk\nclip A 2 1 da\n",
                                 "a.ctm");
    ASSERT_EQ(transcript.words.size(), 3U);
    EXPECT_EQ(transcript.words[0].text, "hello");
    EXPECT_EQ(transcript.words[0].begin.value, 0.5);
    EXPECT_EQ(transcript.words[0].end.value, 0.75);
    EXPECT_EQ(transcript.words[0].confidence, 0.9F);
    EXPECT_EQ(transcript.words[1], label("you", 0.75, 1.25));
    EXPECT_EQ(transcript.words[2], label("da", 2, 3));
}

TEST(Ctm, SaysWhatItDoesNotRead) {
    EXPECT_THAT(refusal("clip 1 0 1 a\nclip 1 * * <ALT_BEGIN>\n", "a.ctm"),
                HasSubstr("line 2: alternatives (<ALT_BEGIN>) are not read"));
    EXPECT_THAT(refusal("clip 1 0 1 a\nother 1 1 1 b\n", "a.ctm"),
                HasSubstr("line 2: recording 'other', channel '1' follows 'clip', '1'"));
    EXPECT_THAT(refusal("clip 1 0 1 a\nclip 2 1 1 b\n", "a.ctm"), HasSubstr("line 2"));
    EXPECT_THAT(refusal("clip 1 0 1\n", "a.ctm"), HasSubstr("line 1: a line has recording"));
    EXPECT_THAT(refusal(";; nothing\n", "a.ctm"), HasSubstr("holds no words"));
}

TEST(Ctm, WrongTimesAreNamedByLineAndReason) {
    const std::string good = "clip 1 0 1 a\n";
    EXPECT_THAT(refusal(good + "clip 1 1 -0.5 b\n", "a.ctm"),
                HasSubstr("line 2: the word ends (0.5 s) before it begins (1 s)"));
    EXPECT_THAT(refusal(good + "clip 1 0.5 1 b\n", "a.ctm"), HasSubstr("line 2: the word begins"));
    EXPECT_THAT(refusal(good + "clip 1 1 0 b\n", "a.ctm"), HasSubstr("has no length"));
    EXPECT_THAT(refusal(good + "clip 1 1,5 1 b\n", "a.ctm"),
                HasSubstr("'1,5' has a decimal comma"));
    for (const std::string time : {"nan", "inf", "1e999", "-", "1.2.3"})
        EXPECT_THAT(refusal(good + "clip 1 1 " + time + " b\n", "a.ctm"),
                    HasSubstr("line 2: '" + time + "' is not a time"));
    EXPECT_THAT(refusal(good + "clip 1 1 1 b 87\n", "a.ctm"), HasSubstr("confidence 87"));
    EXPECT_THAT(refusal(good + "clip 1 1 1 b nan\n", "a.ctm"), HasSubstr("confidence"));
}

TEST(Ctm, KeepsWordsTimesAndConfidence) {
    audio::Transcript transcript;
    transcript.words = {label("one", 0.1, 0.3), label("new\tyork", 0.3, 1.0 / 3.0)};
    transcript.words[0].confidence = 0.7F;
    const auto again = read(written(transcript, "my clip.ctm"), "my clip.ctm");
    ASSERT_EQ(again.words.size(), 2U);
    EXPECT_EQ(again.words[0], transcript.words[0]);
    EXPECT_EQ(again.words[1], label("new_york", 0.3, 1.0 / 3.0));
}

} // namespace
} // namespace gesture
