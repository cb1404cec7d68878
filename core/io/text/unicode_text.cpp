// SPDX-License-Identifier: Apache-2.0
#include "core/io/text/unicode_text.h"

#include "core/base/utf8.h"
#include "core/io/text/unicode_tables.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

namespace gesture::io {

namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kCapitalSigma = 0x3A3;
constexpr char32_t kFinalSigma = 0x3C2;
constexpr char32_t kDottedCapitalI = 0x130;
constexpr char32_t kDotAbove = 0x307;

/// The last row of a table whose first number is at most `value`; nothing before the first row.
std::optional<std::span<const char32_t>> rowFor(std::span<const char32_t> table, std::size_t width,
                                                char32_t value) {
    std::size_t low = 0;
    std::size_t high = table.size() / width;
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (table[middle * width] <= value)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0) return std::nullopt;
    return table.subspan((low - 1) * width, width);
}

bool lies(std::span<const char32_t> ranges, char32_t value) {
    const auto row = rowFor(ranges, 2, value);
    return row && value <= (*row)[1];
}

char32_t lowerCaseOf(char32_t value) {
    const auto row = rowFor(lowerCaseRows(), 4, value);
    if (!row || value > (*row)[1] || (value - (*row)[0]) % (*row)[2] != 0) return value;
    return (*row)[3] + (value - (*row)[0]);
}

/// The character that is `first` with `mark`; nothing if there is none.
std::optional<char32_t> both(char32_t first, char32_t mark) {
    const auto rows = compositionRows();
    std::size_t low = 0;
    std::size_t high = rows.size() / 3;
    const std::pair wanted{first, mark};
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (std::pair{rows[3 * middle], rows[3 * middle + 1]} < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    if (3 * low == rows.size() || std::pair{rows[3 * low], rows[3 * low + 1]} != wanted)
        return std::nullopt;
    return rows[3 * low + 2];
}

} // namespace

bool isUnicodeLetter(char32_t value) { return lies(letterRanges(), value); }
bool isUnicodeNumber(char32_t value) { return lies(numberRanges(), value); }

std::u32string charactersOf(std::string_view text) {
    std::u32string characters;
    for (std::size_t at = 0; at < text.size();) {
        const auto character = utf8CharacterAt(text, at);
        characters += character ? character->value : kReplacement;
        at += character ? character->length : 1;
    }
    return characters;
}

std::string utf8Of(std::u32string_view characters) {
    std::string text;
    for (const char32_t character : characters)
        if (!appendUtf8(text, character)) appendUtf8(text, kReplacement);
    return text;
}

std::u32string lowerCaseOf(std::u32string_view characters) {
    std::u32string lower;
    const auto letterAt = [&](std::size_t i) {
        return i < characters.size() && isUnicodeLetter(characters[i]);
    };
    for (std::size_t i = 0; i < characters.size(); ++i) {
        if (characters[i] == kDottedCapitalI)
            lower.append({U'i', kDotAbove});
        else if (characters[i] == kCapitalSigma && i > 0 && letterAt(i - 1) && !letterAt(i + 1))
            lower += kFinalSigma;
        else
            lower += lowerCaseOf(characters[i]);
    }
    return lower;
}

std::u32string composed(std::u32string_view characters) {
    std::u32string result;
    for (const char32_t character : characters) {
        const auto one = result.empty() ? std::nullopt : both(result.back(), character);
        if (one)
            result.back() = *one;
        else
            result += character;
    }
    return result;
}

} // namespace gesture::io
