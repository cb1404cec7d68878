// SPDX-License-Identifier: Apache-2.0
#include "core/base/timecode.h"

#include <gtest/gtest.h>

namespace gesture {
namespace {

constexpr FrameRate kThirty{30, 1};

TEST(Timecode, FormatsMinutesSecondsFrames) {
    EXPECT_EQ(formatTimecode({786}, kThirty), "00:26:06");
    EXPECT_EQ(formatTimecode({0}, kThirty), "00:00:00");
    EXPECT_EQ(formatTimecode({30 * 60 * 75 + 29}, kThirty), "75:00:29");
    EXPECT_EQ(formatTimecode({30}, {30000, 1001}), "00:01:00");
}

TEST(Timecode, EveryFormPeopleTypeIsRead) {
    for (const char* text : {"786f", "f786", "26.2", "26.2s", "00:26:06", "0:26.2", " 26.2 "})
        EXPECT_EQ(parsePosition(text, kThirty)->value, 786) << text;
    EXPECT_EQ(parsePosition("1:30", kThirty)->value, 2700);
}

TEST(Timecode, RoundTripsForEveryFrame) {
    for (const FrameRate rate : {kThirty, FrameRate{24, 1}, FrameRate{30000, 1001}})
        for (std::int64_t i = 0; i < 20000; i += 11)
            ASSERT_EQ(parsePosition(formatTimecode({i}, rate), rate)->value, i) << i;
}

TEST(Timecode, NonsenseIsRefusedWithTheForms) {
    for (const char* text : {"", "x", "f", "-5", "1:75", "1:2:3:4", "nan", "inf", "1e9", "1:2:30",
                             "99999999999999999999f", "0x10"}) {
        const auto parsed = parsePosition(text, kThirty);
        ASSERT_FALSE(parsed.ok()) << text;
        EXPECT_NE(parsed.error().message().find("mm:ss"), std::string::npos);
    }
}

TEST(ParseRange, ReadsMixedUnitsAndRefusesEmptyOnes) {
    EXPECT_EQ(*parseRange("2.5-120f", kThirty), (FrameRange{{75}, {120}}));
    EXPECT_FALSE(parseRange("4-4", kThirty).ok());
    EXPECT_FALSE(parseRange("4", kThirty).ok());
    EXPECT_FALSE(parseRange("4-", kThirty).ok());
}

} // namespace
} // namespace gesture
