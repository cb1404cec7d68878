// SPDX-License-Identifier: Apache-2.0
#include "core/base/utf8.h"

#include <gtest/gtest.h>

namespace gesture {
namespace {

TEST(Utf8, EveryCharacterIsReadAsItWasWritten) {
    for (char32_t value = 0; value <= 0x10FFFF; value += value < 0x10000 ? 1 : 97) {
        std::string text = "a";
        const bool exists = value < 0xD800 || value > 0xDFFF;
        ASSERT_EQ(appendUtf8(text, value), exists);
        if (!exists) continue;
        const auto character = utf8CharacterAt(text, 1);
        ASSERT_TRUE(character.has_value()) << static_cast<unsigned>(value);
        EXPECT_EQ(character->value, value);
        EXPECT_EQ(character->length, text.size() - 1);
        EXPECT_FALSE(firstInvalidUtf8(text).has_value());
        text.pop_back(); // a cut character, unless it was one byte
        EXPECT_EQ(firstInvalidUtf8(text).has_value(), value >= 0x80);
    }
    std::string text;
    EXPECT_FALSE(appendUtf8(text, 0x110000));
    EXPECT_EQ(text, "");
}

TEST(Utf8, MalformedBytesAreFound) {
    for (const std::string bytes :
         {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xE2\x82", "\xC3(", "\xE2(\xA1"})
        EXPECT_EQ(firstInvalidUtf8("ab" + bytes), 2U) << bytes.size();
}

TEST(Utf8, ShownTextIsOneShortWellFormedLine) {
    EXPECT_EQ(shownText("a\nb\xFF"
                        "c\x7F"),
              "a?b?c?");
    EXPECT_EQ(shownText("grün 手 🙂"), "grün 手 🙂");
    EXPECT_EQ(shownText("手手手手", 5), "手手…");
}

} // namespace
} // namespace gesture
