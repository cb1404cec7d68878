// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/audio/transcript.h"

#include <string>
#include <vector>

namespace gesture::test {

/// A sentence that a person read, and its words.
struct ReadSpeech {
    audio::Sound sound;
    std::string text;
};

/// The five LibriVox sentences of the package pocketsphinx-testdata; empty when it is absent.
[[nodiscard]] const std::vector<ReadSpeech>& librivoxSpeech();

[[nodiscard]] std::vector<std::string> splitWords(const std::string& text);
/// Insertions, deletions and substitutions that turn the heard words into the text.
[[nodiscard]] std::size_t wordEdits(const std::vector<audio::TimedLabel>& heard,
                                    const std::string& text);

} // namespace gesture::test
