// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/speech/letter_to_sound.h"
#include "core/speech/pronunciation_dictionary.h"
#include "core/speech/text_words.h"

#include <optional>

namespace gesture::speech {

/// How words are said: by the dictionary, else by its word without the possessive, else letter by
/// letter; words in capitals also spelled. Learns the letters when the first unknown word comes.
/// Keeps references. One thread.
class Pronouncer {
public:
    Pronouncer(const PronunciationDictionary& dictionary, const ModelDefinition& definition)
        : dictionary_(dictionary)
        , definition_(definition) {}

    struct Answer {
        SpokenWord ways;      ///< Empty when the word has no letter.
        bool guessed = false; ///< No dictionary knew it.
    };
    [[nodiscard]] Answer pronounce(const Utterance& utterance);

private:
    [[nodiscard]] SpokenWord possessive(std::string_view word) const;
    [[nodiscard]] Pronunciation spelled(std::string_view word) const;
    [[nodiscard]] bool endsIn(const Pronunciation& way,
                              std::initializer_list<std::string_view> phones) const;

    const PronunciationDictionary& dictionary_;
    const ModelDefinition& definition_;
    std::optional<LetterToSound> letters_;
};

} // namespace gesture::speech
