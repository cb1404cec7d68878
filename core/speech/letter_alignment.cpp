// SPDX-License-Identifier: Apache-2.0
#include "core/speech/letter_alignment.h"

#include <algorithm>

namespace gesture::speech {

namespace {

constexpr int kRounds = 5;
/// Words that the pairing is learnt from; more change nothing.
constexpr std::size_t kEnoughWords = 12000;
constexpr std::size_t kMaxLength = 40;

std::vector<int> lettersOf(std::string_view word) {
    std::vector<int> letters;
    for (const char c : word) {
        const int letter = letterIndex(c);
        if (letter < 0) return {};
        letters.push_back(letter);
    }
    return letters;
}

bool usable(const std::vector<int>& letters, const Pronunciation& phones) {
    return !letters.empty() && letters.size() <= kMaxLength && phones.size() <= 2 * letters.size();
}

} // namespace

int letterIndex(char c) {
    if (c >= 'a' && c <= 'z') return c - 'a';
    return c == '\'' ? 26 : -1;
}

LetterAligner::LetterAligner(std::span<const PronunciationDictionary::Entry> words, int phoneCount)
    : phoneCount_(phoneCount)
    , weights_(cell(kLetters, -1, -1), 0.0) {
    // Before anything is known a letter carries one phone rather than none or two.
    for (int letter = 0; letter < kLetters; ++letter)
        for (int first = -1; first < phoneCount; ++first)
            for (int second = -1; second < (first < 0 ? 0 : phoneCount); ++second)
                weights_[cell(letter, first, second)] = first < 0 ? 0.05 : second < 0 ? 1.0 : 0.002;
    const std::size_t stride = std::max<std::size_t>(1, words.size() / kEnoughWords);
    std::vector<PronunciationDictionary::Entry> sample;
    for (std::size_t i = 0; i < words.size(); i += stride)
        sample.push_back(words[i]);
    for (int round = 0; round < kRounds; ++round)
        learnFrom(sample);
}

std::size_t LetterAligner::cell(int letter, int first, int second) const {
    const auto side = static_cast<std::size_t>(phoneCount_) + 1;
    return (static_cast<std::size_t>(letter) * side + static_cast<std::size_t>(first + 1)) * side +
           static_cast<std::size_t>(second + 1);
}

void LetterAligner::learnFrom(std::span<const PronunciationDictionary::Entry> words) {
    std::vector<double> counts(weights_.size(), 0.0);
    std::vector<double> forward;
    std::vector<double> backward;
    for (const auto& entry : words) {
        const auto& phones = entry.phones;
        const std::vector<int> letters = lettersOf(entry.word);
        if (!usable(letters, phones)) continue;
        const std::size_t width = phones.size() + 1;
        const auto weight = [&](std::size_t letter, std::size_t from, std::size_t length) {
            return weights_[cell(letters[letter], length > 0 ? phones[from] : -1,
                                 length > 1 ? phones[from + 1] : -1)];
        };
        forward.assign((letters.size() + 1) * width, 0.0);
        backward.assign(forward.size(), 0.0);
        forward[0] = 1;
        backward.back() = 1;
        for (std::size_t i = 0; i < letters.size(); ++i)
            for (std::size_t j = 0; j < width; ++j)
                for (std::size_t n = 0; n <= 2 && j + n < width; ++n)
                    forward[(i + 1) * width + j + n] += forward[i * width + j] * weight(i, j, n);
        for (std::size_t i = letters.size(); i-- > 0;)
            for (std::size_t j = 0; j < width; ++j)
                for (std::size_t n = 0; n <= 2 && j + n < width; ++n)
                    backward[i * width + j] += backward[(i + 1) * width + j + n] * weight(i, j, n);
        if (!(forward.back() > 0)) continue;
        for (std::size_t i = 0; i < letters.size(); ++i)
            for (std::size_t j = 0; j < width; ++j)
                for (std::size_t n = 0; n <= 2 && j + n < width; ++n)
                    counts[cell(letters[i], n > 0 ? phones[j] : -1, n > 1 ? phones[j + 1] : -1)] +=
                        forward[i * width + j] * weight(i, j, n) *
                        backward[(i + 1) * width + j + n] / forward.back();
    }
    double total = 0;
    for (const double count : counts)
        total += count;
    for (std::size_t i = 0; i < counts.size(); ++i)
        weights_[i] = counts[i] / std::max(total, 1.0) + 1e-9 * (weights_[i] > 0 ? 1 : 0);
}

std::vector<LetterSound> LetterAligner::align(const PronunciationDictionary::Entry& entry) const {
    const std::vector<int> letters = lettersOf(entry.word);
    const Pronunciation& phones = entry.phones;
    if (!usable(letters, phones)) return {};
    const std::size_t width = phones.size() + 1;
    std::vector<double> best((letters.size() + 1) * width, 0.0);
    std::vector<std::uint8_t> lengths(best.size(), 0);
    best[0] = 1;
    for (std::size_t i = 0; i < letters.size(); ++i)
        for (std::size_t j = 0; j < width; ++j)
            for (std::size_t n = 0; n <= 2 && j + n < width; ++n) {
                const double score =
                    best[i * width + j] *
                    weights_[cell(letters[i], n > 0 ? phones[j] : -1, n > 1 ? phones[j + 1] : -1)];
                const std::size_t to = (i + 1) * width + j + n;
                if (score <= best[to]) continue;
                best[to] = score;
                lengths[to] = static_cast<std::uint8_t>(n);
            }
    if (!(best.back() > 0)) return {};
    std::vector<LetterSound> pairs(letters.size());
    std::size_t j = phones.size();
    for (std::size_t i = letters.size(); i-- > 0;) {
        const std::size_t n = lengths[(i + 1) * width + j];
        j -= n;
        pairs[i].letter = static_cast<std::int8_t>(letters[i]);
        for (std::size_t k = 0; k < n; ++k)
            pairs[i].phones[k] = phones[j + k];
    }
    return pairs;
}

} // namespace gesture::speech
