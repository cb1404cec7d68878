// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/figures/figure.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::io {

/// A character's outline: closed curves whose bends are given as short straight pieces.
struct Glyph {
    double advance = 0.0; ///< Parts of the font size.
    /// Parts of the font size, y upwards.
    std::vector<std::vector<FigurePoint>> outlines;
};

/// Letters as wide as Helvetica's, for the characters of WinAnsi (Windows-1252). Immutable, any
/// thread; made when first asked for.
class FigureFont {
public:
    [[nodiscard]] static const FigureFont& of(TextWeight weight);

    [[nodiscard]] const Glyph& glyph(char code) const {
        return glyphs_[static_cast<std::uint8_t>(code)];
    }

private:
    explicit FigureFont(std::string_view table);

    std::array<Glyph, 256> glyphs_;
};

/// UTF-8 in WinAnsi. Characters that it lacks become what comes nearest ("→" is "->", "ł" is "l"),
/// or "?"; control characters and white space become blanks.
[[nodiscard]] std::string toWinAnsi(std::string_view utf8);

/// Well-formed UTF-8 without control characters, which become blanks.
[[nodiscard]] std::string printableUtf8(std::string_view text);

/// Points from the start of the text to its end, in Helvetica.
[[nodiscard]] double textWidth(std::string_view utf8, const TextStyle& style);

/// The text, or as much of it as fits with "…" at its end; empty when not even that does.
[[nodiscard]] std::string fittedText(std::string_view utf8, const TextStyle& style, double width);

} // namespace gesture::io
