// SPDX-License-Identifier: Apache-2.0
#include "training/data/word_rows.h"

#include <algorithm>
#include <cctype>

namespace gesture::training {

namespace {

constexpr double kFramesPerSecond = 30.0;

bool isMark(char letter) {
    return static_cast<unsigned char>(letter) < 0x80 &&
           std::isalnum(static_cast<unsigned char>(letter)) == 0;
}

std::uint32_t rowOf(const std::string& word, const io::Vocabulary& vocabulary) {
    if (word == " ") return kPauseRow;
    auto found = vocabulary.find(word);
    if (found == vocabulary.end() && !word.empty()) found = vocabulary.find(plainWord(word));
    return found == vocabulary.end() ? kUnknownRow : found->second;
}

} // namespace

std::string plainWord(std::string_view word) {
    while (!word.empty() && isMark(word.front()))
        word.remove_prefix(1);
    while (!word.empty() && isMark(word.back()))
        word.remove_suffix(1);
    std::string plain(word);
    std::transform(plain.begin(), plain.end(), plain.begin(), [](unsigned char letter) {
        return letter < 0x80 ? static_cast<char>(std::tolower(letter)) : static_cast<char>(letter);
    });
    return plain;
}

void VocabularyBuilder::add(const audio::Transcript& transcript) {
    for (const audio::TimedLabel& label : transcript.words)
        if (std::string word = plainWord(label.text); !word.empty())
            words_.emplace(std::move(word), 0);
}

io::Vocabulary VocabularyBuilder::build() const {
    io::Vocabulary vocabulary = words_;
    std::uint32_t row = kFirstWordRow;
    for (auto& [word, index] : vocabulary)
        index = row++;
    return vocabulary;
}

std::vector<float> wordRows(const audio::Transcript& transcript, std::int64_t frames,
                            const io::Vocabulary& vocabulary) {
    std::vector<float> rows(static_cast<std::size_t>(frames), static_cast<float>(kUnknownRow));
    std::size_t next = 0;
    const auto& words = transcript.words;
    for (std::size_t frame = 0; frame < rows.size(); ++frame) {
        const double time = static_cast<double>(frame) / kFramesPerSecond;
        while (next < words.size() && words[next].end.value < time)
            ++next;
        if (next == words.size()) break;
        if (words[next].begin.value <= time)
            rows[frame] = static_cast<float>(rowOf(words[next].text, vocabulary));
    }
    return rows;
}

} // namespace gesture::training
