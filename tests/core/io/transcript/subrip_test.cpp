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

TEST(SubRip, DividesTheTimeOfACueByLetters) {
    const auto transcript = read("1\n00:00:01,000 --> 00:00:02,000\nHello, you!\n"
                                 "all\n\n2\n01:00:00,250 --> 01:00:01,000\nda\n",
                                 "a.srt");
    // 5, 3 and 3 letters; signs do not count
    EXPECT_THAT(transcript.words,
                ElementsAre(label("Hello,", 1, 1 + 5.0 / 11),
                            label("you!", 1 + 5.0 / 11, 1 + 8.0 / 11),
                            label("all", 1 + 8.0 / 11, 2), label("da", 3600.25, 3601)));
    EXPECT_EQ(transcript.duration.value, 0);
}

TEST(SubRip, CountsCharactersAndNotBytes) {
    const auto transcript = read("1\n00:00:00,000 --> 00:00:01,000\nda דא\n", "a.srt");
    EXPECT_THAT(transcript.words, ElementsAre(label("da", 0, 0.5), label("דא", 0.5, 1)));
}

TEST(SubRip, LeavesOutMarksForTheEye) {
    const auto transcript =
        read("1\n00:00:00,000 --> 00:00:01,000 X1:40 X2:600\n{\\an8}<i>1 < 2</i> <font "
             "color=\"#fff\">{so}</font>\n",
             "a.srt");
    EXPECT_THAT(test::textsOf(transcript.words), ElementsAre("1", "<", "2", "{so}"));
}

TEST(SubRip, ReadsLooseFiles) {
    // no number, a point in the times, no hours, no blank line at the end, empty cue, Windows' ends
    const auto transcript = read("\r\n00:01.5 --> 00:02.0\r\nda\r\n \r\n\r\n7\r\n"
                                 "00:00:03,000 --> 00:00:04,000\r\n\r\n8\r\n"
                                 "00:00:05,000 --> 00:00:06,000\r\nso",
                                 "a.srt");
    EXPECT_THAT(transcript.words, ElementsAre(label("da", 1.5, 2), label("so", 5, 6)));
}

TEST(SubRip, WrongCuesAreNamedByLineAndReason) {
    const std::string good = "1\n00:00:01,000 --> 00:00:02,000\nda\n\n";
    EXPECT_EQ(refusal(good + "2\n00:00:04,000 --> 00:00:03,000\nso\n", "a.srt"),
              "'a.srt', line 6: the cue ends (3 s) before it begins (4 s).");
    EXPECT_THAT(
        refusal(good + "2\n00:00:01,900 --> 00:00:03,000\nso\n", "a.srt"),
        HasSubstr("line 6: the cue begins (1.9 s) before the one in front of it ends (2 s)"));
    EXPECT_THAT(refusal(good + "2\n00:00:03,000 -> 00:00:04,000\nso\n", "a.srt"),
                HasSubstr("line 6: '00:00:03,000 -> 00:00:04,000' should be two times"));
    for (const std::string time :
         {"00:61:00,000", "nan", "00:00:1e9", "-0:00:03,000", "", "12345:00:00,0"})
        EXPECT_THAT(refusal(good + "2\n" + time + " --> 99:00:00,000\nso\n", "a.srt"),
                    HasSubstr("line 6"))
            << time;
    EXPECT_THAT(refusal(good + "2\n", "a.srt"), HasSubstr("line 5: the file ends after"));
    EXPECT_THAT(refusal(" \n\n", "a.srt"), HasSubstr("holds no subtitles"));
}

TEST(SubRip, OverlapsOfAMillisecondAreRounding) {
    const auto transcript = read("1\n00:00:01,000 --> 00:00:02,001\nda\n\n2\n"
                                 "00:00:02,000 --> 00:00:03,000\nso\n",
                                 "a.srt");
    EXPECT_THAT(transcript.words, ElementsAre(label("da", 1, 2), label("so", 2, 3)));
}

TEST(SubRip, WritesCuesThatEndAtPauses) {
    audio::Transcript transcript;
    transcript.words = {label("one", 0.5, 1), label("two", 1.1, 1.5004), label("", 1.5004, 2.5),
                        label("three", 2.5, 3661.001)};
    EXPECT_EQ(written(transcript, "a.srt"), "1\n00:00:00,500 --> 00:00:01,500\none two\n\n"
                                            "2\n00:00:02,500 --> 01:01:01,001\nthree\n\n");
}

TEST(SubRip, WritesAtMostTwoLinesOf42Characters) {
    audio::Transcript transcript;
    for (int i = 0; i < 30; ++i)
        transcript.words.push_back(label("grün§", 0.5 * i, 0.5 * i + 0.5)); // 5 characters
    const std::string text = written(transcript, "a.srt");
    const std::string line = "grün§ grün§ grün§ grün§ grün§ grün§ grün§\n"; // 41 characters
    EXPECT_THAT(text, HasSubstr("1\n00:00:00,000 --> 00:00:07,000\n" + line + line + "\n2\n"));
    const auto again = read(text, "a.srt");
    ASSERT_EQ(again.words.size(), transcript.words.size());
    for (std::size_t i = 0; i < again.words.size(); ++i)
        EXPECT_NEAR(again.words[i].begin.value, transcript.words[i].begin.value, 1e-9);
}

TEST(SubRip, WordsShorterThanAMillisecondKeepTheirOrder) {
    audio::Transcript transcript;
    for (int i = 0; i < 20; ++i)
        transcript.words.push_back(label("a", 1e-4 * i, 1e-4 * (i + 1)));
    EXPECT_EQ(read(written(transcript, "a.srt"), "a.srt").words.size(), 20U);
    EXPECT_EQ(read(written(transcript, "a.vtt"), "a.vtt").words.size(), 20U);
}

} // namespace
} // namespace gesture
