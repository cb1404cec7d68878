// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/speech/pronunciation_dictionary.h"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace gesture::speech {

/// A letter and what is heard of it: no phone, one, or two. -1: none.
struct LetterSound {
    std::int8_t letter = 0; ///< 0..25 for a..z, 26 for the apostrophe.
    std::array<std::int16_t, 2> phones{-1, -1};

    bool operator==(const LetterSound&) const = default;
};

inline constexpr int kLetters = 27;

/// Number of a letter, or -1.
[[nodiscard]] int letterIndex(char c);

/// Which letter goes with which phones, learnt from the words by expectation-maximisation.
class LetterAligner {
public:
    /// Phones are numbers below `phoneCount`.
    LetterAligner(std::span<const PronunciationDictionary::Entry> words, int phoneCount);

    /// The likeliest pairing; empty when the word has other characters than letters, or more phones
    /// than its letters can carry.
    [[nodiscard]] std::vector<LetterSound> align(const PronunciationDictionary::Entry& entry) const;

private:
    void learnFrom(std::span<const PronunciationDictionary::Entry> words);
    [[nodiscard]] std::size_t cell(int letter, int first, int second) const;

    int phoneCount_;
    std::vector<double> weights_; ///< (letter, first phone + 1, second phone + 1)
};

} // namespace gesture::speech
