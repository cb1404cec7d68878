// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace gesture::io {

// Tables of the Unicode standard, ascending. Made by tests/golden/make_unicode_tables.py.

/// First and last character of each range of letters (categories L).
[[nodiscard]] std::span<const char32_t> letterRanges();
/// The same of numbers (categories N).
[[nodiscard]] std::span<const char32_t> numberRanges();
/// Rows of four: first and last character of a range, step between those that have a lower case,
/// lower case of the first; that of the others lies as far from it as they do from the first.
[[nodiscard]] std::span<const char32_t> lowerCaseRows();
/// Rows of three: a character, the mark after it, the one character that is both.
[[nodiscard]] std::span<const char32_t> compositionRows();

} // namespace gesture::io
