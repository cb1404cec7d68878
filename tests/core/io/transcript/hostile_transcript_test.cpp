// SPDX-License-Identifier: Apache-2.0
// Damaged and hostile transcripts: each gives a valid transcript or a sentence that names the file.
#include "core/base/utf8.h"
#include "tests/core/io/transcript/transcript_samples.h"

#include <fmt/format.h>

namespace gesture {
namespace {

using test::refusal;
using ::testing::HasSubstr;

/// Reads damaged bytes; whatever comes of it must be in order.
void expectResultOrSentence(const std::string& bytes, const std::string& name) {
    const auto loaded = io::parseTranscript(bytes, name);
    if (loaded) {
        const auto valid = audio::validate(loaded->transcript);
        ASSERT_TRUE(valid.ok()) << name << ": " << valid.error().message();
    } else {
        const std::string& sentence = loaded.error().message();
        ASSERT_THAT(sentence, HasSubstr(name));
        ASSERT_FALSE(firstInvalidUtf8(sentence)) << sentence;
    }
}

TEST(HostileTranscript, TruncatedAtEveryByte) {
    for (const auto& sample : test::sampleFiles())
        for (std::size_t length = 0; length < sample.text.size(); ++length)
            expectResultOrSentence(sample.text.substr(0, length), sample.name);
}

TEST(HostileTranscript, TextGridsThatAreCutAreRefused) {
    for (const auto& sample : test::sampleFiles()) {
        if (!sample.name.ends_with(".TextGrid")) continue;
        const std::size_t complete = sample.text.rfind('"') + 1;
        for (std::size_t length = 0; length < complete; ++length)
            EXPECT_FALSE(refusal(sample.text.substr(0, length), sample.name).empty()) << length;
    }
}

TEST(HostileTranscript, EveryByteChanged) {
    for (const auto& sample : test::sampleFiles()) {
        for (std::size_t at = 0; at < sample.text.size(); ++at) {
            for (const int change : {0x01, 0x20, 0x80, 0xFF}) {
                std::string bytes = sample.text;
                bytes[at] = static_cast<char>(bytes[at] ^ change);
                expectResultOrSentence(bytes, sample.name);
            }
        }
    }
}

TEST(HostileTranscript, EveryByteLeftOutOrDoubled) {
    for (const auto& sample : test::sampleFiles()) {
        for (std::size_t at = 0; at < sample.text.size(); ++at) {
            std::string without = sample.text;
            expectResultOrSentence(without.erase(at, 1), sample.name);
            std::string doubled = sample.text;
            expectResultOrSentence(doubled.insert(at, 1, sample.text[at]), sample.name);
        }
    }
}

TEST(HostileTranscript, ZeroBytesAndWrongEncodingsAreNamedByTheirByte) {
    for (const auto& sample : test::sampleFiles()) {
        std::string zero = sample.text;
        zero[10] = '\0';
        EXPECT_THAT(refusal(zero, sample.name), HasSubstr("byte 10: a zero byte is no text"));
        std::string latin = sample.text;
        latin.insert(12, "\xFC");
        EXPECT_THAT(refusal(latin, sample.name), HasSubstr("byte 12: this is neither UTF-8"));
    }
    const std::string mark = "\xFE\xFF";
    EXPECT_THAT(refusal(mark + std::string("\0a\0", 3), "a.srt"), HasSubstr("byte 4: the UTF-16"));
    EXPECT_THAT(refusal(mark + std::string("\0a\0\0", 4), "a.srt"), HasSubstr("byte 4: a zero"));
    EXPECT_THAT(refusal(mark + "\xD8\x3D" + std::string("\0a", 2), "a.srt"),
                HasSubstr("byte 2: half a character"));
    EXPECT_THAT(refusal(mark + "\xDC\x3D", "a.srt"), HasSubstr("byte 2: half a character"));
}

TEST(HostileTranscript, TextsAreLimited) {
    const std::string text(std::size_t{(1 << 20) + 1}, 'a');
    EXPECT_THAT(refusal("clip 1 0 1 " + text + "\n", "a.ctm"), HasSubstr("longer than 1 MiB"));
    EXPECT_THAT(refusal("1\n00:00:00,000 --> 00:00:01,000\n" + text, "a.srt"),
                HasSubstr("longer than 1 MiB"));
    EXPECT_THAT(refusal("begin,end,text\n0,1," + text, "a.csv"), HasSubstr("longer than 1 MiB"));
    EXPECT_THAT(refusal("{\"segments\":[{\"start\":0,\"end\":1,\"text\":\"" + text + "\"}]}", "a"),
                HasSubstr("longer than 1 MiB"));
}

/// A TextGrid of `count` intervals of one millisecond.
std::string gridOf(int count) {
    std::string text = fmt::format("File type = \"ooTextFile\"\n\"TextGrid\"\n0\n{0}\n<exists>\n1\n"
                                   "\"IntervalTier\"\n\"words\"\n0\n{0}\n{1}\n",
                                   count, count);
    for (int i = 0; i < count; ++i)
        text += fmt::format("{}\n{}\n\"w\"\n", i * 0.001, (i + 1) * 0.001);
    return text;
}

TEST(HostileTranscript, AMillionIntervalsAreRead) {
    EXPECT_EQ(test::read(gridOf(1'000'000), "a.TextGrid").words.size(), 1'000'000U);
}

TEST(HostileTranscript, MoreLabelsThanTheLimitAreRefused) {
    EXPECT_THAT(refusal(gridOf(2'000'001), "a.TextGrid"), HasSubstr("larger than this program"));
    std::string words = "begin,end,text\n";
    for (int i = 0; i < 2'000'001; ++i)
        words += fmt::format("{},{},w\n", i, i + 1);
    EXPECT_THAT(refusal(words, "a.csv"), HasSubstr("at most 2000000 words"));
}

TEST(HostileTranscript, LongLinesAreNamedWithTheirColumn) {
    std::string json = "{\"words\": [";
    for (int i = 0; i < 20; ++i)
        json += fmt::format("{{\"word\": \"a\", \"start\": {}, \"end\": {}}},", i, i + 1);
    EXPECT_THAT(refusal(json + "{\"word\": \"b\", \"start\": 3, \"end\": 4}]}", "a.json"),
                HasSubstr("line 1, column 7"));
}

} // namespace
} // namespace gesture
