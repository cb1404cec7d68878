// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/counter_random.h"
#include "core/gestures/spoken.h"

#include <string>
#include <string_view>
#include <vector>

namespace gesture::training {

/// A sentence of the corpus.
struct Sentence {
    std::string text; ///< With capital and punctuation; plain ASCII, no digits, no abbreviations.
    /// One for each word, in order: whether it means what its gesture shows.
    std::vector<gestures::WordSense> senses;
};

/// A sentence that is drawn: 55 % have one word with a gesture, 6 % have such words in phrases
/// where they mean nothing ("no one else"), the rest has none.
[[nodiscard]] Sentence drawSentence(CounterRandom& random);

/// The words of a text, without punctuation, as they are spelled.
[[nodiscard]] std::vector<std::string> wordsOf(std::string_view text);

/// All that sentences are made of, as one text: what tells versions of the grammar apart.
[[nodiscard]] std::string grammarText();

} // namespace gesture::training
