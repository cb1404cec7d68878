// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/audio/transcript.h"
#include "core/speech/speech_model.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gesture::test {

/// A sentence that the program flite spoke, and when each of its words begins and ends.
struct SyntheticSpeech {
    audio::Sound sound;
    std::vector<audio::TimedLabel> words;
};

/// Whether flite is installed.
[[nodiscard]] bool haveFlite();

/// Lets flite's `voice` speak `text`; it prints the end of every phone, which are put to the words
/// by the dictionary (least edits). Empty when flite failed.
[[nodiscard]] std::optional<SyntheticSpeech>
speakWithFlite(const speech::SpeechModel& model, const std::string& text, const std::string& voice);

/// Sentences with names, numbers, pauses and short words.
[[nodiscard]] const std::vector<std::string>& flitesSentences();

/// All samples of a sound file, mean of its channels.
[[nodiscard]] audio::Sound readSound(const std::filesystem::path& path);

} // namespace gesture::test
