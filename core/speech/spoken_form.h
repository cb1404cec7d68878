// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/speech/text_words.h"

#include <string_view>
#include <vector>

namespace gesture::speech {

/// A word between white space, and its neighbour: "$5" before "million" is said otherwise.
struct WrittenWord {
    std::string_view text; ///< ASCII letters, digits, apostrophes and the symbols of numbers.
    std::string_view next; ///< The word that follows; empty at the end.
    std::string_view previous;
};

/// How a written word is said; empty when nothing of it is.
[[nodiscard]] std::vector<Utterance> spokenForm(const WrittenWord& written);

/// Whether the final dot belongs to the word: "Mr.", "e.g.", "U.S.".
[[nodiscard]] bool isAbbreviation(std::string_view withDot);

} // namespace gesture::speech
