// SPDX-License-Identifier: Apache-2.0
#include "core/models/generation/word_track.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

namespace gesture::models {

namespace {

constexpr double kMotionFramesPerSecond = 30.0;

bool isMark(char letter) {
    return static_cast<unsigned char>(letter) < 0x80 &&
           std::isalnum(static_cast<unsigned char>(letter)) == 0;
}

/// Lower case (ASCII) without marks at the ends.
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

} // namespace

std::vector<std::string> wordsOfFrames(const audio::Transcript& transcript, std::int64_t frames) {
    std::vector<std::string> words(static_cast<std::size_t>(frames));
    std::size_t next = 0;
    for (std::int64_t frame = 0; frame < frames; ++frame) {
        const double time = static_cast<double>(frame) / kMotionFramesPerSecond;
        while (next < transcript.words.size() && transcript.words[next].end.value < time)
            ++next;
        if (next < transcript.words.size() && transcript.words[next].begin.value <= time &&
            !transcript.words[next].isPause())
            words[static_cast<std::size_t>(frame)] = transcript.words[next].text;
    }
    return words;
}

std::string sentenceOf(std::span<const std::string> wordOfFrame, std::int64_t begin,
                       std::int64_t count) {
    std::string sentence;
    std::string_view last;
    const auto size = static_cast<std::int64_t>(wordOfFrame.size());
    for (std::int64_t frame = begin; frame < std::min(begin + count, size); ++frame) {
        const std::string& word = wordOfFrame[static_cast<std::size_t>(frame)];
        if (word.empty() || word == last) continue;
        if (!sentence.empty()) sentence += ' ';
        sentence += word;
        last = word;
    }
    return sentence;
}

Result<WordIndex> WordIndex::open(const std::filesystem::path& path) {
    auto vocabulary = io::readVocabularyJson(path);
    if (!vocabulary) return std::move(vocabulary).error();
    WordIndex index;
    index.vocabulary_ = std::move(*vocabulary);
    return index;
}

std::vector<std::int64_t> WordIndex::rows(std::span<const std::string> words) const {
    std::vector<std::int64_t> rows;
    rows.reserve(words.size());
    for (const std::string& word : words) {
        auto found = word.empty() ? vocabulary_.end() : vocabulary_.find(word);
        if (found == vocabulary_.end() && !word.empty()) found = vocabulary_.find(plainWord(word));
        rows.push_back(found == vocabulary_.end() ? kUnknown
                                                  : static_cast<std::int64_t>(found->second));
    }
    return rows;
}

} // namespace gesture::models
