// SPDX-License-Identifier: Apache-2.0
#include "app/studio/document/time_text.h"

#include <gtest/gtest.h>

namespace gesture::app {
namespace {

constexpr FrameRate kRate{30, 1};
constexpr FrameIndex kLast{1922};

TEST(TimeText, ReadsFramesSecondsAndClockTimes) {
    EXPECT_EQ(parseFrame(QStringLiteral("f786"), kRate, kLast).value().value, 786);
    EXPECT_EQ(parseFrame(QStringLiteral(" 26.2 "), kRate, kLast).value().value, 786);
    EXPECT_EQ(parseFrame(QStringLiteral("26,2"), kRate, kLast).value().value, 786);
    EXPECT_EQ(parseFrame(QStringLiteral("00:26:06"), kRate, kLast).value().value, 786);
    EXPECT_EQ(parseFrame(QStringLiteral("1:04"), kRate, kLast).value().value, 1920);
}

TEST(TimeText, SaysWhichFrameIsTheLast) {
    const auto result = parseFrame(QStringLiteral("f1923"), kRate, kLast);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().message(), "Frame 1922 is the last one. Type 0 to 1922.");
}

TEST(TimeText, RefusesWhatIsNoTime) {
    for (const char* text : {"", "abc", "-5", "f", "1:2:3:4", "99999999999999999999", "nan"}) {
        EXPECT_FALSE(parseFrame(QLatin1String(text), kRate, kLast).ok()) << text;
    }
}

TEST(TimeText, WritesLengthsWithTenths) {
    EXPECT_EQ(lengthText({64.1}).toStdString(), "1:04.1");
    EXPECT_EQ(lengthText({0}).toStdString(), "0:00.0");
}

} // namespace
} // namespace gesture::app
