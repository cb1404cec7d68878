// SPDX-License-Identifier: Apache-2.0
#include "core/speech/letter_to_sound.h"

#include "core/speech/letter_alignment.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

namespace gesture::speech {

namespace {

/// Pairs that a chain's score looks at, the last one included.
constexpr std::size_t kOrder = 5;
/// Chains that are kept from letter to letter.
constexpr std::size_t kChains = 24;
constexpr std::size_t kMaxLetters = 60;

using Token = std::uint16_t; ///< Number of a LetterSound; 0: the edge of a word.

/// The last tokens of a chain, newest first, packed: 12 bits each.
using History = std::uint64_t;
constexpr unsigned kTokenBits = 12;

History newest(History history, std::size_t count) {
    return history & ((History{1} << (kTokenBits * count)) - 1);
}

/// Spreads keys over the table's slots.
struct Mix {
    std::size_t operator()(std::uint64_t key) const {
        key *= 0x9E3779B97F4A7C15U;
        return static_cast<std::size_t>(key ^ key >> 29);
    }
};

struct Chain {
    double score = 0;
    History history = 0;
    std::vector<Token> tokens;
};

} // namespace

struct LetterToSound::Model {
    struct Context {
        std::uint32_t total = 0;
        std::uint32_t kinds = 0;
    };

    std::vector<LetterSound> sounds{LetterSound{-1, {-1, -1}}}; ///< By token; 0 is the edge.
    std::array<std::vector<Token>, kLetters> choices;
    /// By length of the history: how often a history was followed, and by how many kinds; and how
    /// often by which token.
    std::array<std::unordered_map<std::uint64_t, Context, Mix>, kOrder> contexts;
    std::array<std::unordered_map<std::uint64_t, std::uint32_t, Mix>, kOrder> counts;

    void learn(const std::vector<Token>& tokens) {
        History history = 0;
        for (const Token token : tokens) {
            for (std::size_t length = 0; length < kOrder; ++length) {
                const History context = newest(history, length);
                Context& seen = contexts[length][context];
                std::uint32_t& count = counts[length][context << kTokenBits | token];
                ++seen.total;
                if (count++ == 0) ++seen.kinds;
            }
            history = history << kTokenBits | token;
        }
    }

    /// Witten-Bell: the longer history as far as it was seen, the shorter one for the rest.
    [[nodiscard]] double probability(History history, Token token) const {
        double result = 1.0 / static_cast<double>(sounds.size());
        for (std::size_t length = 0; length < kOrder; ++length) {
            const History context = newest(history, length);
            const auto seen = contexts[length].find(context);
            if (seen == contexts[length].end()) break;
            const auto found = counts[length].find(context << kTokenBits | token);
            const double count = found == counts[length].end() ? 0 : found->second;
            result = (count + seen->second.kinds * result) /
                     (static_cast<double>(seen->second.total) + seen->second.kinds);
        }
        return result;
    }
};

LetterToSound::LetterToSound(std::span<const PronunciationDictionary::Entry> words) {
    int phones = 1;
    for (const auto& entry : words)
        for (const PhoneId phone : entry.phones)
            phones = std::max(phones, phone + 1);
    const LetterAligner aligner(words, phones);
    auto model = std::make_unique<Model>();
    std::map<std::array<std::int16_t, 3>, Token> numbers;
    std::vector<Token> tokens;
    for (const auto& entry : words) {
        const std::vector<LetterSound> pairs = aligner.align(entry);
        if (pairs.empty()) continue;
        tokens.clear();
        for (const LetterSound& pair : pairs) {
            const auto [found, isNew] = numbers.emplace(
                std::array<std::int16_t, 3>{pair.letter, pair.phones[0], pair.phones[1]},
                static_cast<Token>(model->sounds.size()));
            if (isNew) {
                model->sounds.push_back(pair);
                model->choices[static_cast<std::size_t>(pair.letter)].push_back(found->second);
            }
            tokens.push_back(found->second);
        }
        tokens.push_back(0);
        model->learn(tokens);
        // No dictionary makes more pairs than this; a made-up one stops teaching here.
        if (model->sounds.size() + kMaxLetters >= (1U << kTokenBits)) break;
    }
    model_ = std::move(model);
}

LetterToSound::LetterToSound(LetterToSound&&) noexcept = default;
LetterToSound& LetterToSound::operator=(LetterToSound&&) noexcept = default;
LetterToSound::~LetterToSound() = default;

Pronunciation LetterToSound::pronounce(std::string_view word) const {
    std::vector<Chain> chains(1);
    std::size_t letters = 0;
    for (const char c : word) {
        const int letter = letterIndex(c);
        if (letter < 0 || ++letters > kMaxLetters) continue;
        std::vector<Chain> longer;
        for (const Chain& chain : chains)
            for (const Token token : model_->choices[static_cast<std::size_t>(letter)]) {
                Chain next{chain.score + std::log(model_->probability(chain.history, token)),
                           chain.history << kTokenBits | token, chain.tokens};
                next.tokens.push_back(token);
                longer.push_back(std::move(next));
            }
        if (longer.empty()) continue;
        const std::size_t kept = std::min(kChains, longer.size());
        std::partial_sort(longer.begin(), longer.begin() + static_cast<std::ptrdiff_t>(kept),
                          longer.end(),
                          [](const Chain& a, const Chain& b) { return a.score > b.score; });
        longer.resize(kept);
        chains = std::move(longer);
    }
    for (Chain& chain : chains)
        chain.score += std::log(model_->probability(chain.history, 0));
    const auto best =
        std::max_element(chains.begin(), chains.end(),
                         [](const Chain& a, const Chain& b) { return a.score < b.score; });
    Pronunciation phones;
    for (const Token token : best->tokens)
        for (const std::int16_t phone : model_->sounds[token].phones)
            if (phone >= 0) phones.push_back(phone);
    return phones;
}

} // namespace gesture::speech
