// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/io/weights/vocabulary_file.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::training {

/// Rows of a vocabulary that stand for no word: 0 pause, 1 and 2 begin and end (not used),
/// 3 unknown.
inline constexpr std::uint32_t kPauseRow = 0;
inline constexpr std::uint32_t kUnknownRow = 3;
inline constexpr std::uint32_t kFirstWordRow = 4;

/// A word in lower case (ASCII) without marks at its ends, as generation looks it up when it is not
/// in the vocabulary as it is written.
[[nodiscard]] std::string plainWord(std::string_view word);

/// The vocabulary of transcripts: their words in plain form, sorted, from row 4 on. Pauses have no
/// row of their own: as generation, `wordRows` then takes them for unknown.
class VocabularyBuilder {
public:
    void add(const audio::Transcript& transcript);
    [[nodiscard]] io::Vocabulary build() const;

private:
    io::Vocabulary words_; ///< All of row 0.
};

/// The row of the word that is said in each of `frames` frames, 30 a second (the reference's
/// cache_generation): that of the first label whose time holds the frame's begin, both ends
/// included. A label of one blank is row 0; a text that is in the vocabulary as it is written, ""
/// too, its row; else its plain form's; else, and where there is no label, 3.
[[nodiscard]] std::vector<float> wordRows(const audio::Transcript& transcript, std::int64_t frames,
                                          const io::Vocabulary& vocabulary);

} // namespace gesture::training
