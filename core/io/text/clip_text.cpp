// SPDX-License-Identifier: Apache-2.0
#include "core/io/text/clip_text.h"

#include "core/base/utf8.h"
#include "core/io/text/unicode_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace gesture::io {

namespace {

struct Entity {
    char32_t character = 0;
    std::size_t length = 0; ///< Of what stands for it, "&amp;" = 5.
};

constexpr std::array<std::pair<std::u32string_view, char32_t>, 6> kEntities{{
    {U"&amp;", U'&'},
    {U"&lt;", U'<'},
    {U"&gt;", U'>'},
    {U"&quot;", U'"'},
    {U"&apos;", U'\''},
    {U"&nbsp;", 0xA0},
}};

std::optional<unsigned> digitOf(char32_t character, unsigned base) {
    if (character >= U'0' && character <= U'9') return character - U'0';
    const char32_t lower = character | 0x20U;
    if (base == 16 && lower >= U'a' && lower <= U'f') return lower - U'a' + 10U;
    return std::nullopt;
}

/// "&#39;" or "&#x27;" at the beginning of `text`.
std::optional<Entity> numericEntity(std::u32string_view text) {
    if (text.size() < 4 || text.substr(0, 2) != U"&#") return std::nullopt;
    const bool hexadecimal = text[2] == U'x' || text[2] == U'X';
    const unsigned base = hexadecimal ? 16 : 10;
    const std::size_t first = hexadecimal ? 3 : 2;
    char32_t value = 0;
    std::size_t at = first;
    for (; at < text.size() && at < first + 8; ++at) {
        const auto digit = digitOf(text[at], base);
        if (!digit) break;
        value = value * base + *digit;
    }
    const bool character = value > 0 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    if (at == first || at == text.size() || text[at] != U';' || !character) return std::nullopt;
    return Entity{value, at + 1};
}

std::optional<Entity> entityAt(std::u32string_view text) {
    for (const auto& [name, character] : kEntities)
        if (text.substr(0, name.size()) == name) return Entity{character, name.size()};
    return numericEntity(text);
}

std::u32string withoutEntities(std::u32string_view text) {
    std::u32string result;
    for (std::size_t at = 0; at < text.size();) {
        const auto entity = text[at] == U'&' ? entityAt(text.substr(at)) : std::nullopt;
        result += entity ? entity->character : text[at];
        at += entity ? entity->length : 1;
    }
    return result;
}

bool isControl(char32_t c) {
    return c < 0x09 || c == 0x0B || (c >= 0x0E && c < 0x20) || c == 0x7F ||
           (c >= 0x206A && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFC);
}

/// Latin ligatures and what stands for them.
std::u32string_view ligature(char32_t character) {
    static constexpr std::array<std::u32string_view, 7> kForms{U"ff",  U"fi",      U"fl", U"ffi",
                                                               U"ffl", U"\u017Ft", U"st"};
    if (character >= 0xFB00 && character <= 0xFB06) return kForms.at(character - 0xFB00);
    if (character == 0x132) return U"IJ";
    if (character == 0x133) return U"ij";
    return {};
}

/// Quotes straight, letters of full width ordinary ones.
char32_t ordinary(char32_t c) {
    if (c == 0x2BC || (c >= 0x2018 && c <= 0x201B)) return U'\'';
    if (c >= 0x201C && c <= 0x201F) return U'"';
    if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFF01 + 0x21;
    return c;
}

std::u32string withOrdinaryCharacters(std::u32string_view text) {
    std::u32string result;
    for (const char32_t character : text) {
        if (isControl(character)) continue;
        if (const auto letters = ligature(character); !letters.empty())
            result += letters;
        else
            result += ordinary(character);
    }
    return result;
}

std::u32string withSingleBlanks(std::u32string_view text) {
    std::u32string result;
    bool blank = false;
    for (const char32_t character : text) {
        if (isWhiteSpace(character)) {
            blank = !result.empty();
            continue;
        }
        if (blank) result += U' ';
        blank = false;
        result += character;
    }
    return result;
}

/// Length of "'s", "'ll", … at the beginning of `text`; 0 if there is none.
std::size_t endingLength(std::u32string_view text) {
    for (const std::u32string_view ending : {U"'s", U"'t", U"'re", U"'ve", U"'m", U"'ll", U"'d"})
        if (text.substr(0, ending.size()) == ending) return ending.size();
    return 0;
}

bool isOther(char32_t c) { return !isWhiteSpace(c) && !isUnicodeLetter(c) && !isUnicodeNumber(c); }

/// Length of the word at the beginning of `text`, which is no blank.
std::size_t wordLength(std::u32string_view text) {
    if (const std::size_t ending = endingLength(text); ending > 0) return ending;
    if (isUnicodeNumber(text.front())) return 1;
    const auto belongs = isUnicodeLetter(text.front()) ? isUnicodeLetter : isOther;
    const auto end = std::find_if_not(text.begin(), text.end(), belongs);
    return static_cast<std::size_t>(end - text.begin());
}

} // namespace

std::u32string cleanedForClip(std::string_view text) {
    const std::u32string plain = withoutEntities(withoutEntities(charactersOf(text)));
    return lowerCaseOf(withSingleBlanks(composed(withOrdinaryCharacters(plain))));
}

std::vector<std::u32string_view> clipWords(std::u32string_view text, std::size_t limit) {
    std::vector<std::u32string_view> words;
    for (std::size_t at = 0; at < text.size() && words.size() < limit;) {
        if (isWhiteSpace(text[at])) {
            ++at;
            continue;
        }
        words.push_back(text.substr(at, wordLength(text.substr(at))));
        at += words.back().size();
    }
    return words;
}

} // namespace gesture::io
