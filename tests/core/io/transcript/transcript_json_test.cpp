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

TEST(TranscriptJson, KeepsEverything) {
    audio::Transcript transcript;
    transcript.words = {label("say \"hi\"\n", 0.1, 0.3), label("", 0.3, 1.0 / 3.0),
                        label("שלום 🙂", 0.5, 1)};
    transcript.words[0].confidence = 0.1F;
    transcript.phones = {label("S", 0.1, 0.2)};
    transcript.duration = {2.5};
    transcript.language = "he-IL";
    EXPECT_EQ(read(written(transcript, "a.json"), "a.json"), transcript);
    EXPECT_EQ(read(written({}, "a.json"), "a.json"), audio::Transcript{});
}

TEST(TranscriptJson, ReadsListsOfWords) {
    const auto transcript =
        read("[{\"word\": \"da\", \"start\": 1, \"end\": 2, \"probability\": 0.5},\n"
             " {\"word\": \"so\", \"start\": 2, \"end\": 3}]",
             "a.json");
    EXPECT_THAT(transcript.words, ElementsAre(label("da", 1, 2), label("so", 2, 3)));
}

TEST(TranscriptJson, InterpolatesWordsWithoutTimesInsideTheirSegment) {
    const auto transcript =
        read("{\"segments\": [{\"start\": 1, \"end\": 4, \"text\": \"x\", \"words\": ["
             "{\"word\": \"12\"}, {\"word\": \"one\", \"start\": 1.5, \"end\": 2, \"score\": 0.5},"
             "{\"word\": \"3\", \"start\": null}, {\"word\": \"456\"},"
             "{\"word\": \"two\", \"start\": 3, \"end\": 3.5}, {\"word\": \"7\"}]}],"
             "\"language\": \"en\"}",
             "a.json");
    ASSERT_EQ(transcript.words.size(), 6U);
    EXPECT_EQ(transcript.words[0], label("12", 1, 1.5));
    EXPECT_EQ(transcript.words[1].confidence, 0.5F);
    EXPECT_EQ(transcript.words[2], label("3", 2, 2.25));
    EXPECT_EQ(transcript.words[3], label("456", 2.25, 3));
    EXPECT_EQ(transcript.words[5], label("7", 3.5, 4));
    EXPECT_EQ(transcript.language, "en");
}

TEST(TranscriptJson, WordsWithoutRoomShareWithTheirNeighbour) {
    const std::string start = "{\"segments\": [{\"start\": 0, \"end\": 2, \"words\": [";
    const auto next = read(start + "{\"word\": \"ab\", \"start\": 0, \"end\": 1},"
                                   "{\"word\": \"c\", \"start\": 1, \"end\": 1},"
                                   "{\"word\": \"def\", \"start\": 1, \"end\": 2}]}]}",
                           "a.json");
    EXPECT_THAT(next.words,
                ElementsAre(label("ab", 0, 1), label("c", 1, 1.25), label("def", 1.25, 2)));
    const auto previous = read(start + "{\"word\": \"def\", \"start\": 1, \"end\": 2},"
                                       "{\"word\": \"c\"}]}]}",
                               "a.json");
    EXPECT_THAT(previous.words, ElementsAre(label("def", 1, 1.75), label("c", 1.75, 2)));
    EXPECT_THAT(refusal("{\"segments\": [{\"words\": [{\"word\": \"c\"}]}]}", "a.json"),
                HasSubstr("the word 'c' has no time"));
}

TEST(TranscriptJson, DividesSegmentsWithoutWords) {
    const auto transcript =
        read("{\"text\": \" so da\", \"segments\": [{\"id\": 0, \"start\": 1.0, "
             "\"end\": 2.0, \"text\": \" so da\", \"tokens\": [1, 2]}, "
             "{\"start\": 2, \"end\": 2, \"text\": \" \"}]}",
             "a.json");
    EXPECT_THAT(transcript.words, ElementsAre(label("so", 1, 1.5), label("da", 1.5, 2)));
}

TEST(TranscriptJson, TakesWordsBeforeSegments) {
    const auto transcript =
        read("{\"duration\": 3.5, \"words\": [{\"word\": \"da\", \"start\": 1, \"end\": 2}], "
             "\"segments\": [{\"start\": 1, \"end\": 2, \"text\": \"da da\"}]}",
             "a.json");
    EXPECT_THAT(transcript.words, ElementsAre(label("da", 1, 2)));
    EXPECT_EQ(transcript.duration.value, 3.5);
}

TEST(TranscriptJson, OverlapsOfAMillisecondAreRounding) {
    const std::string start = "{\"words\": [{\"word\": \"a\", \"start\": 0, \"end\": 1.001},\n";
    EXPECT_THAT(read(start + "{\"word\": \"b\", \"start\": 1.0005, \"end\": 2}]}", "a.json").words,
                ElementsAre(label("a", 0, 1.0005), label("b", 1.0005, 2)));
    EXPECT_THAT(refusal(start + "{\"word\": \"b\", \"start\": 0.9, \"end\": 2}]}", "a.json"),
                HasSubstr("'a.json', line 2: the word begins (0.9 s) before"));
}

TEST(TranscriptJson, WrongValuesAreNamedByLineAndReason) {
    const auto withTimes = [](const std::string& times) {
        return "{\"words\": [\n{\"word\": \"a\", " + times + "}]}";
    };
    EXPECT_EQ(refusal(withTimes("\"start\": 1.5, \"end\": 1.2"), "a.json"),
              "'a.json', line 2: the word ends (1.2 s) before it begins (1.5 s).");
    EXPECT_THAT(refusal(withTimes("\"start\": -1, \"end\": 1"), "a.json"),
                HasSubstr("begins before the sound"));
    EXPECT_THAT(refusal(withTimes("\"end\": 1"), "a.json"), HasSubstr("line 2: 'a' has no begin"));
    EXPECT_THAT(refusal(withTimes("\"start\": \"1\", \"end\": 1"), "a.json"),
                HasSubstr("\"start\" is a text"));
    for (const std::string time : {"NaN", "Infinity", "1e999", "1,5"})
        EXPECT_THAT(refusal(withTimes("\"start\": 0, \"end\": " + time), "a.json"),
                    HasSubstr("line 2: this is not JSON here, or a number is out of range"));
    EXPECT_THAT(refusal(withTimes("\"start\": 0, \"end\": 1e300"), "a.json"), HasSubstr("line 2"));
    EXPECT_THAT(refusal(withTimes("\"start\": 0, \"end\": 1, \"score\": 7"), "a.json"),
                HasSubstr("line 2: the confidence 7 is not from 0 to 1"));
    EXPECT_THAT(refusal("{\"words\": [{\"word\": \"a\\u0000\", \"start\": 0, \"end\": 1}]}", "a"),
                HasSubstr("zero character"));
    EXPECT_THAT(refusal("{\"duration\": -1, \"words\": []}", "a.json"), HasSubstr("no duration"));
}

TEST(TranscriptJson, OtherJsonIsRefused) {
    EXPECT_THAT(refusal("{\"a\": 1}", "a.json"), HasSubstr("neither \"words\" nor \"segments\""));
    EXPECT_THAT(refusal("[1] x", "a.json"), HasSubstr("not JSON"));
    EXPECT_THAT(refusal("7", "a.json"), HasSubstr("neither"));
    EXPECT_THAT(
        refusal("{\"format\": \"gesture-transcript\", \"version\": 2, \"words\": []}", "a.json"),
        HasSubstr("version 2"));
}

TEST(TranscriptJson, DeepNestingIsSkipped) {
    const std::string deep = std::string(200000, '[') + std::string(200000, ']');
    EXPECT_THAT(read("{\"x\": " + deep + ", \"words\": []}", "a.json").words, ElementsAre());
    EXPECT_THAT(refusal(std::string(200000, '['), "a.json"), HasSubstr("line 1"));
}

} // namespace
} // namespace gesture
