// SPDX-License-Identifier: Apache-2.0
#include "core/speech/pronouncer.h"

#include <algorithm>

namespace gesture::speech {

namespace {

/// Longer words in capitals are shouted, not spelled.
constexpr std::size_t kLongestSpelled = 6;

} // namespace

Pronouncer::Answer Pronouncer::pronounce(const Utterance& utterance) {
    Answer answer;
    const std::string_view word = utterance.word;
    answer.ways = dictionary_.find(word);
    if (answer.ways.empty()) answer.ways = possessive(word);
    const bool known = !answer.ways.empty();
    if (utterance.capitals && word.size() <= kLongestSpelled)
        if (Pronunciation letters = spelled(word); !letters.empty())
            answer.ways.push_back(std::move(letters));
    const bool hasLetter = word.find_first_of("abcdefghijklmnopqrstuvwxyz") != word.npos;
    if (known || !hasLetter) return answer;
    if (!letters_) letters_.emplace(dictionary_.firstEntries());
    if (Pronunciation guess = letters_->pronounce(word); !guess.empty()) {
        answer.ways.push_back(std::move(guess));
        answer.guessed = true;
    }
    return answer;
}

bool Pronouncer::endsIn(const Pronunciation& way,
                        std::initializer_list<std::string_view> phones) const {
    const std::string& last = definition_.name(way.back());
    return std::find(phones.begin(), phones.end(), last) != phones.end();
}

SpokenWord Pronouncer::possessive(std::string_view word) const {
    const std::size_t apostrophe = word.rfind('\'');
    if (apostrophe == std::string_view::npos || apostrophe == 0) return {};
    const std::string_view ending = word.substr(apostrophe + 1);
    if (!ending.empty() && ending != "s") return {};
    SpokenWord ways = dictionary_.find(word.substr(0, apostrophe));
    const auto s = definition_.phone("S");
    const auto z = definition_.phone("Z");
    const auto ih = definition_.phone("IH");
    if (ending.empty() || !s || !z || !ih) return ways;
    for (Pronunciation& way : ways) {
        if (endsIn(way, {"S", "Z", "SH", "ZH", "CH", "JH"}))
            way.insert(way.end(), {*ih, *z});
        else
            way.push_back(endsIn(way, {"P", "T", "K", "F", "TH"}) ? *s : *z);
    }
    return ways;
}

Pronunciation Pronouncer::spelled(std::string_view word) const {
    Pronunciation phones;
    for (const char letter : word) {
        if (letter == '\'') continue;
        SpokenWord ways = dictionary_.find(std::string{letter, '.'});
        if (ways.empty()) ways = dictionary_.find(std::string_view(&letter, 1));
        if (ways.empty()) return {};
        phones.insert(phones.end(), ways.front().begin(), ways.front().end());
    }
    return phones;
}

} // namespace gesture::speech
