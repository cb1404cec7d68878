// SPDX-License-Identifier: Apache-2.0
#include "core/audio/transcript.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace gesture::audio {
namespace {

using ::testing::HasSubstr;

TimedLabel label(std::string text, double begin, double end) {
    return {std::move(text), {begin}, {end}, {}};
}

std::string refusalOf(std::vector<TimedLabel> words) {
    const auto status = validate({std::move(words), {}, {}, {}});
    return status.ok() ? std::string() : status.error().message();
}

TEST(Transcript, PausesAreBlank) {
    EXPECT_TRUE(label("", 0, 1).isPause());
    EXPECT_TRUE(label(" \t\n\u00A0\u3000", 0, 1).isPause());
    EXPECT_FALSE(label(" a ", 0, 1).isPause());
    EXPECT_FALSE(label("<sil>", 0, 1).isPause());
    EXPECT_FALSE(label("\xFF", 0, 1).isPause());
}

TEST(Transcript, PlainTextLeavesOutPauses) {
    const Transcript transcript{
        {label("", 0, 1), label("hello", 1, 2), label(" ", 2, 3), label("you", 3, 4)}, {}, {}, {}};
    EXPECT_EQ(plainText(transcript), "hello you");
    EXPECT_EQ(plainText({}), "");
}

TEST(Transcript, GapsAndOverlapsOfAMicrosecondAreInOrder) {
    EXPECT_EQ(refusalOf({}), "");
    EXPECT_EQ(refusalOf({label("a", 0, 1), label("", 1, 2), label("b", 5, 6)}), "");
    EXPECT_EQ(refusalOf({label("a", 0, 1), label("b", 0.9999995, 2)}), "");
}

TEST(Transcript, TheFirstOffendingLabelIsNamed) {
    EXPECT_EQ(refusalOf({label("a", 0, 1), label("b", 0.5, 2)}),
              "Word 2 ('b', 0.5 to 2 s) cannot be used: it begins before the one in front of it "
              "ends.");
    EXPECT_THAT(refusalOf({label("a", -1, 1)}), HasSubstr("before the sound"));
    EXPECT_THAT(refusalOf({label("a", 1, 1)}), HasSubstr("has no length"));
    EXPECT_THAT(refusalOf({label("a", 2, 1)}), HasSubstr("ends before it begins"));
    EXPECT_THAT(refusalOf({label("a", std::nan(""), 1)}), HasSubstr("not finite"));
    EXPECT_THAT(refusalOf({label("a", 0, std::numeric_limits<double>::infinity())}),
                HasSubstr("not finite"));
    EXPECT_THAT(refusalOf({label("a\xFF", 0, 1)}), HasSubstr("'a?'"));
    EXPECT_THAT(refusalOf({label(std::string("a\0", 2), 0, 1)}), HasSubstr("zero byte"));
    const auto phones = validate({{}, {label("AA1", 2, 1)}, {}, {}});
    ASSERT_FALSE(phones.ok());
    EXPECT_THAT(phones.error().message(), HasSubstr("Phone 1 ('AA1'"));
}

TEST(Transcript, ConfidenceAndDurationAreChecked) {
    TimedLabel word = label("a", 0, 1);
    word.confidence = 1.5F;
    EXPECT_THAT(refusalOf({word}), HasSubstr("confidence"));
    word.confidence = std::nanf("");
    EXPECT_THAT(refusalOf({word}), HasSubstr("confidence"));
    EXPECT_FALSE(validate({{label("a", 0, 1)}, {}, {0.5}, {}}).ok());
    EXPECT_FALSE(validate({{}, {}, {-1}, {}}).ok());
    EXPECT_TRUE(validate({{label("a", 0, 1)}, {}, {1}, {}}).ok());
}

} // namespace
} // namespace gesture::audio
