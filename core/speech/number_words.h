// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gesture::speech {

/// Lower-case English words, one after the other.
using Words = std::vector<std::string>;

/// A whole number of decimal digits, as it is said: "1234" one thousand two hundred thirty four;
/// with zeros in front, or of more than 15 digits, digit by digit.
[[nodiscard]] Words cardinalWords(std::string_view digits);
/// The number's place in a row: "21" twenty first.
[[nodiscard]] Words ordinalWords(std::string_view digits);
/// Four digits as a year: "1984" nineteen eighty four, "2005" two thousand five.
[[nodiscard]] Words yearWords(std::string_view digits);
/// Each digit by itself.
[[nodiscard]] Words digitWords(std::string_view digits);
/// More than one of what the last word says: "nineteen eighty" becomes "nineteen eighties".
[[nodiscard]] Words pluralOf(Words words);

} // namespace gesture::speech
