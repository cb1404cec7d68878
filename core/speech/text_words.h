// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace gesture::speech {

/// A word to be said.
struct Utterance {
    std::string word;      ///< Lower-case a to z and the apostrophe.
    bool capitals = false; ///< Written in capitals: may be spelled, letter by letter.
};

/// A word of a text as it is written, and how it is said.
struct TextWord {
    std::string shown;             ///< UTF-8 in its original spelling, without outer punctuation.
    std::vector<Utterance> spoken; ///< Empty for what has no sound here: emoji, other scripts.
};

/// Cuts running English text into words: numbers, years, ordinals, money, shares, times, usual
/// abbreviations and symbols are put into words; punctuation goes; what this cannot say keeps its
/// place with nothing spoken. Any bytes are accepted. LimitExceeded beyond 16 MB.
[[nodiscard]] Result<std::vector<TextWord>> wordsOfText(std::string_view text);

} // namespace gesture::speech
