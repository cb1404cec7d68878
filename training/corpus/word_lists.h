// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace gesture::training {

/// What sentences of the corpus are filled with; none of them has a gesture of its own. A list a
/// kind, in a fixed order.
struct WordLists {
    std::span<const std::string_view> nouns;
    std::span<const std::string_view> plurals;
    std::span<const std::string_view> adjectives;
    std::span<const std::string_view> verbs;         ///< Transitive, in the past tense.
    std::span<const std::string_view> intransitives; ///< In the past tense.
    std::span<const std::string_view> adverbials;    ///< "in the evening"
};
[[nodiscard]] const WordLists& wordLists();

} // namespace gesture::training
