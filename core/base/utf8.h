// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gesture {

/// A character of UTF-8 text and the bytes that it takes.
struct Utf8Character {
    char32_t value = 0;
    std::size_t length = 1;
};

/// The character that begins at `at` (< text.size()); nothing if there is no well-formed one
/// (too long forms, surrogates and values beyond U+10FFFF are none).
[[nodiscard]] std::optional<Utf8Character> utf8CharacterAt(std::string_view text, std::size_t at);

/// Offset of the first byte that does not belong to a well-formed character; nothing if all do.
[[nodiscard]] std::optional<std::size_t> firstInvalidUtf8(std::string_view text);

/// Appends a character; false, and nothing is appended, if there is none of this number.
bool appendUtf8(std::string& text, char32_t value);

/// White space of any script: blanks, tabs, ends of lines, no-break and ideographic spaces.
[[nodiscard]] bool isWhiteSpace(char32_t value);

/// Text for a message: on one line, well-formed whatever the bytes are ('?' stands for what is not
/// to be shown), and cut with "…" after about `maxBytes`.
[[nodiscard]] std::string shownText(std::string_view text, std::size_t maxBytes = 40);

} // namespace gesture
