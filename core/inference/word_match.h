// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gesture::inference {

/// A word in the form in which words are compared: small letters (Latin, Greek, Cyrillic), without
/// punctuation and blanks. Bytes that are not UTF-8 are left out. "Don't!" and "dont" give the
/// same;
/// "--" gives nothing.
[[nodiscard]] std::string comparableWord(std::string_view word);

} // namespace gesture::inference
