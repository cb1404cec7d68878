// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/audio/transcript.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/speech/speech_model.h"

#include <string>
#include <string_view>
#include <vector>

namespace gesture::speech {

/// Words and phones with times, and how they came about.
struct TimedSpeech {
    audio::Transcript transcript;
    bool recognised = false; ///< The words are a proposal, not a given text.
    /// Words that no dictionary knew; said letter by letter.
    std::vector<std::string> guessedWords;
    /// Share of the words that were found in the sound, 0..1.
    double placedShare = 0;
    /// Mean confidence of those.
    double confidence = 0;
};

/// Finds the words of `text` in `sound` (16 kHz mono): one search from end to end whose time and
/// memory grow with the sound alone. Pauses, noise and speech that the text lacks may lie between
/// words; words that are not said are passed over, get an interpolated time and confidence 0.
/// Cancelled; InvalidInput when there is no word in the text, no speech in the sound, or when the
/// text is far too long for it.
[[nodiscard]] Result<TimedSpeech> alignText(const SpeechModel& model, const audio::Sound& sound,
                                            std::string_view text, JobControl& control);

} // namespace gesture::speech
