// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace gesture::training {

// Sentences with gaps: {s} subject, {n} noun, {p} plural, {a} adjective, {v} transitive verb,
// {i} intransitive verb, {d} adverbial, {w} word with a gesture. Words with a gesture that stand
// in a template itself are said without it.

/// Words with a gesture that fit the same sentences.
struct GestureSentences {
    std::vector<std::string_view> words;
    std::vector<std::string_view> templates;
};

[[nodiscard]] std::span<const std::string_view> subjectTemplates();
[[nodiscard]] std::span<const std::string_view> plainTemplates();
[[nodiscard]] std::span<const std::string_view> idiomTemplates();
/// Every word of the gesture lexicon occurs once.
[[nodiscard]] std::span<const GestureSentences> gestureSentences();

} // namespace gesture::training
