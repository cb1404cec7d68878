// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gesture::io {

[[nodiscard]] bool isUnicodeLetter(char32_t value);
[[nodiscard]] bool isUnicodeNumber(char32_t value);

/// UTF-8 to characters; U+FFFD stands for each byte that belongs to none.
[[nodiscard]] std::u32string charactersOf(std::string_view text);
[[nodiscard]] std::string utf8Of(std::u32string_view characters);

/// As Python's str.lower(): a sigma at the end of a word becomes the final one, and "İ" two
/// characters.
[[nodiscard]] std::u32string lowerCaseOf(std::u32string_view characters);

/// Puts letters and the accents that follow them together, where there is one character for both
/// (Unicode's form NFC for text whose accents are in order; Hangul of single signs stays).
[[nodiscard]] std::u32string composed(std::u32string_view characters);

} // namespace gesture::io
