// SPDX-License-Identifier: Apache-2.0
#include "core/inference/word_match.h"

#include "core/base/utf8.h"

namespace gesture::inference {

namespace {

bool within(char32_t value, char32_t first, char32_t last) {
    return first <= value && value <= last;
}

/// Punctuation, signs and blanks of the scripts that transcripts are written in.
bool isPunctuation(char32_t value) {
    if (value < 0x80)
        return !within(value, U'0', U'9') && !within(value, U'a', U'z') &&
               !within(value, U'A', U'Z');
    return within(value, 0x80, 0xBF) || value == 0xD7 || value == 0xF7 ||
           within(value, 0x2000, 0x206F) || within(value, 0x2E00, 0x2E7F) ||
           within(value, 0x3000, 0x303F) || isWhiteSpace(value);
}

char32_t small(char32_t value) {
    if (within(value, U'A', U'Z')) return value + 0x20;
    if (within(value, 0xC0, 0xDE)) return value + 0x20; // À to Þ
    // Latin with marks: capitals are even up to Ķ and from Ŋ, odd between and at the end.
    if (within(value, 0x100, 0x137) || within(value, 0x14A, 0x177)) return value | 1U;
    if (within(value, 0x139, 0x148) || within(value, 0x179, 0x17E)) return value + (value & 1U);
    if (value == 0x178) return 0xFF;                                        // Ÿ
    if (within(value, 0x391, 0x3A9) && value != 0x3A2) return value + 0x20; // Α to Ω
    if (value == 0x386) return 0x3AC;                                       // Ά
    if (within(value, 0x388, 0x38A)) return value + 0x25;                   // Έ to Ί
    if (value == 0x38C) return 0x3CC;                                       // Ό
    if (value == 0x38E || value == 0x38F) return value + 0x3F;              // Ύ, Ώ
    if (value == 0x3C2) return 0x3C3;                                       // σ at a word's end
    if (within(value, 0x410, 0x42F)) return value + 0x20;                   // А to Я
    if (within(value, 0x400, 0x40F)) return value + 0x50;                   // Ѐ to Џ
    return value;
}

} // namespace

std::string comparableWord(std::string_view word) {
    std::string result;
    for (std::size_t at = 0; at < word.size();) {
        const auto character = utf8CharacterAt(word, at);
        at += character ? character->length : 1;
        if (character && !isPunctuation(character->value))
            appendUtf8(result, small(character->value));
    }
    return result;
}

} // namespace gesture::inference
