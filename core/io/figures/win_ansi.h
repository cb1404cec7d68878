// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace gesture::io {

/// Code of a character in WinAnsi (Windows-1252), 0 when it has none.
[[nodiscard]] unsigned char winAnsiCode(char32_t character);

/// UTF-8 of characters of WinAnsi that stand for one that it lacks: "→" is "->"; empty: none do.
[[nodiscard]] std::string_view nearestInWinAnsi(char32_t character);

} // namespace gesture::io
