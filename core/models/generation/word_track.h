// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/base/result.h"
#include "core/io/weights/vocabulary_file.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace gesture::models {

/// The word that is said in each motion frame (30 a second), empty where none is: the first whose
/// time holds the frame's begin, both ends included, as the published programs look it up.
[[nodiscard]] std::vector<std::string> wordsOfFrames(const audio::Transcript& transcript,
                                                     std::int64_t frames);

/// The words of frames [begin, begin + count), each stretch of the same word once, joined by
/// spaces.
[[nodiscard]] std::string sentenceOf(std::span<const std::string> wordOfFrame, std::int64_t begin,
                                     std::int64_t count);

/// Rows of the vocabulary for words. Value type.
class WordIndex {
public:
    static constexpr std::int64_t kUnknown = 3; ///< Also for frames without a word.

    [[nodiscard]] static Result<WordIndex> open(const std::filesystem::path& vocabulary);

    /// Row of each word: as it is written, else in lower case without marks at its ends, else
    /// kUnknown.
    [[nodiscard]] std::vector<std::int64_t> rows(std::span<const std::string> words) const;

private:
    io::Vocabulary vocabulary_;
};

} // namespace gesture::models
