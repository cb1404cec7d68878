// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/gestures/spoken.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace gesture::gestures {

/// A stretch of sound that could carry a gesture, and how much it stands out.
struct Accent {
    TimeSpan span;           ///< The vowel.
    double prominence = 0.0; ///< About -3..3; 0 is the mean of the recording.
    std::size_t word = 0;    ///< Which word of the SpokenText; meaningless for `accentsOfSound`.

    /// When a gesture on it is at its peak.
    [[nodiscard]] Seconds apex() const { return {span.begin.value + 0.3 * span.length()}; }
};

/// Whether the hands pass over a word: articles, pronouns, prepositions, auxiliaries, and all of
/// one or two letters.
[[nodiscard]] bool isFunctionWord(std::string_view word);

/// The stressed vowels of the content words that have no gesture of their own, in order of time.
/// Prominence is computed from the sound alone: how loud and how long the vowel is among them all.
[[nodiscard]] std::vector<Accent> accentsOfWords(const SpokenText& text, const audio::Sound& sound);

/// The same from sound without words: its loudest voiced stretches. `voiced` says for each
/// hundredth of a second whether the voice sounds (see `audio::detectSpeech`).
[[nodiscard]] std::vector<Accent> accentsOfSound(const audio::Sound& sound,
                                                 std::span<const std::uint8_t> voiced);

} // namespace gesture::gestures
