// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/speech/pronunciation_dictionary.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace gesture::speech {

/// Says words that no dictionary knows, as the words of a dictionary are said. A letter goes with
/// no, one or two phones; which, is learnt from the dictionary (expectation-maximisation), and a
/// chain of such pairs is scored by the four before it (a joint n-gram model with Witten-Bell
/// smoothing; Bisani and Ney, "Joint-sequence models for grapheme-to-phoneme conversion", 2008).
/// Immutable after learning; any thread.
class LetterToSound {
public:
    /// Learns from the words; takes about a second for the 125,000 of the English dictionary.
    /// Deterministic.
    explicit LetterToSound(std::span<const PronunciationDictionary::Entry> words);
    LetterToSound(LetterToSound&&) noexcept;
    LetterToSound& operator=(LetterToSound&&) noexcept;
    ~LetterToSound();

    /// The likeliest way to say a word of lower-case letters (others are passed over); empty when
    /// it has none.
    [[nodiscard]] Pronunciation pronounce(std::string_view word) const;

private:
    struct Model;
    std::unique_ptr<const Model> model_;
};

} // namespace gesture::speech
