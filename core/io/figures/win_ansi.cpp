// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/win_ansi.h"

#include "core/base/utf8.h"
#include "core/io/figures/figure_font.h"

#include <algorithm>
#include <array>
#include <string>

namespace gesture::io {

namespace {

/// Characters of the codes 0x80 to 0x9F; 0: none.
constexpr std::array<char32_t, 32> kUpperControls{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/// The letters below the accents of U+0100 to U+017F.
constexpr std::string_view kLatinExtended =
    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSs"
    "SsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
static_assert(kLatinExtended.size() == 0x80);

struct Nearest {
    char32_t character;
    std::string_view text;
};
constexpr std::array<Nearest, 22> kNearest{{{0x2190, "<-"},
                                            {0x2192, "->"},
                                            {0x2194, "<->"},
                                            {0x2212, "\xE2\x80\x93"}, // minus: a dash as wide
                                            {0x2264, "<="},
                                            {0x2265, ">="},
                                            {0x2260, "!="},
                                            {0x2248, "~"},
                                            {0x2032, "'"},
                                            {0x2033, "\""},
                                            {0x2010, "-"},
                                            {0x2011, "-"},
                                            {0x2015, "\xE2\x80\x94"},
                                            {0x2044, "/"},
                                            {0x2215, "/"},
                                            {0x2217, "*"},
                                            {0x03BC, "\xC2\xB5"},
                                            {0x03B1, "alpha"},
                                            {0x03B2, "beta"},
                                            {0x0394, "Delta"},
                                            {0xFB01, "fi"},
                                            {0xFB02, "fl"}}};

bool isControl(char32_t value) { return value < 0x20 || (value >= 0x7F && value < 0xA0); }

/// Marks that stand over or under the letter before them.
bool isCombining(char32_t value) { return value >= 0x0300 && value <= 0x036F; }

/// Calls with every character; U+FFFD for bytes that are none.
template <typename Visit>
void forCharacters(std::string_view text, Visit&& visit) {
    for (std::size_t at = 0; at < text.size();) {
        const auto character = utf8CharacterAt(text, at);
        visit(character ? character->value : char32_t{0xFFFD});
        at += character ? character->length : 1;
    }
}

void appendWinAnsi(std::string& text, char32_t value) {
    if (isControl(value) || isWhiteSpace(value)) {
        text += ' ';
    } else if (const unsigned char code = winAnsiCode(value)) {
        text += static_cast<char>(code);
    } else if (const auto nearest = nearestInWinAnsi(value); !nearest.empty()) {
        forCharacters(nearest, [&](char32_t c) { text += static_cast<char>(winAnsiCode(c)); });
    } else if (!isCombining(value)) {
        text += '?';
    }
}

} // namespace

unsigned char winAnsiCode(char32_t character) {
    if ((character >= 0x20 && character < 0x7F) || (character >= 0xA0 && character <= 0xFF))
        return static_cast<unsigned char>(character);
    if (character == 0) return 0;
    const auto found = std::find(kUpperControls.begin(), kUpperControls.end(), character);
    return found == kUpperControls.end()
               ? 0
               : static_cast<unsigned char>(0x80 + (found - kUpperControls.begin()));
}

std::string_view nearestInWinAnsi(char32_t character) {
    if (character >= 0x100 && character < 0x180) return kLatinExtended.substr(character - 0x100, 1);
    const auto found = std::find_if(kNearest.begin(), kNearest.end(), [&](const Nearest& nearest) {
        return nearest.character == character;
    });
    return found == kNearest.end() ? std::string_view{} : found->text;
}

std::string toWinAnsi(std::string_view utf8) {
    std::string text;
    forCharacters(utf8, [&](char32_t value) { appendWinAnsi(text, value); });
    return text;
}

std::string printableUtf8(std::string_view text) {
    std::string result;
    forCharacters(text, [&](char32_t value) {
        const bool nonCharacter = (value & 0xFFFEU) == 0xFFFEU;
        appendUtf8(result, isControl(value) ? U' ' : nonCharacter ? char32_t{0xFFFD} : value);
    });
    return result;
}

} // namespace gesture::io
