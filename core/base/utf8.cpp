// SPDX-License-Identifier: Apache-2.0
#include "core/base/utf8.h"

namespace gesture {

namespace {

/// Length, value bits and smallest value of the sequence that `lead` begins; length 0: none.
struct Sequence {
    std::size_t length = 0;
    char32_t bits = 0;
    char32_t smallest = 0;
};

Sequence sequenceOf(unsigned char lead) {
    if (lead < 0x80) return {1, lead, 0};
    if (lead >= 0xC2 && lead < 0xE0) return {2, lead & 0x1FU, 0x80};
    if (lead >= 0xE0 && lead < 0xF0) return {3, lead & 0x0FU, 0x800};
    if (lead >= 0xF0 && lead < 0xF5) return {4, lead & 0x07U, 0x10000};
    return {};
}

bool isCharacter(char32_t value) { return value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF); }

} // namespace

std::optional<Utf8Character> utf8CharacterAt(std::string_view text, std::size_t at) {
    const Sequence sequence = sequenceOf(static_cast<unsigned char>(text[at]));
    if (sequence.length == 0 || text.size() - at < sequence.length) return std::nullopt;
    char32_t value = sequence.bits;
    for (std::size_t i = 1; i < sequence.length; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        if ((byte & 0xC0U) != 0x80U) return std::nullopt;
        value = (value << 6U) | (byte & 0x3FU);
    }
    if (value < sequence.smallest || !isCharacter(value)) return std::nullopt;
    return Utf8Character{value, sequence.length};
}

std::optional<std::size_t> firstInvalidUtf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto character = utf8CharacterAt(text, at);
        if (!character) return at;
        at += character->length;
    }
    return std::nullopt;
}

bool appendUtf8(std::string& text, char32_t value) {
    if (!isCharacter(value)) return false;
    const auto continuation = [&](unsigned shift) {
        text += static_cast<char>(0x80U | ((value >> shift) & 0x3FU));
    };
    if (value < 0x80) {
        text += static_cast<char>(value);
    } else if (value < 0x800) {
        text += static_cast<char>(0xC0U | (value >> 6U));
        continuation(0);
    } else if (value < 0x10000) {
        text += static_cast<char>(0xE0U | (value >> 12U));
        continuation(6);
        continuation(0);
    } else {
        text += static_cast<char>(0xF0U | (value >> 18U));
        continuation(12);
        continuation(6);
        continuation(0);
    }
    return true;
}

bool isWhiteSpace(char32_t value) {
    return value == ' ' || (value >= 0x09 && value <= 0x0D) || value == 0x85 || value == 0xA0 ||
           value == 0x1680 || (value >= 0x2000 && value <= 0x200A) || value == 0x2028 ||
           value == 0x2029 || value == 0x202F || value == 0x205F || value == 0x3000;
}

std::string shownText(std::string_view text, std::size_t maxBytes) {
    std::string shown;
    for (std::size_t at = 0; at < text.size();) {
        if (shown.size() >= maxBytes) return shown + "…";
        const auto character = utf8CharacterAt(text, at);
        const std::size_t length = character ? character->length : 1;
        if (character && character->value >= 0x20 && character->value != 0x7F)
            shown += text.substr(at, length);
        else
            shown += '?';
        at += length;
    }
    return shown;
}

} // namespace gesture
