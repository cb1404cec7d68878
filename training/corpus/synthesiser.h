// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/base/result.h"
#include "core/gestures/spoken.h"

#include <string>
#include <string_view>
#include <vector>

namespace gesture::training {

inline constexpr int kSpeechRate = 16000; ///< Hz of all speech of the corpus.

enum class SpeechEngine { Flite, Espeak };

/// A voice of the corpus: one of an engine's, and how it is changed.
struct Voice {
    std::string name; ///< In file names: letters and digits.
    SpeechEngine engine = SpeechEngine::Flite;
    std::string base; ///< The engine's own name: "slt", "gmw/en+m7".
    double pitch =
        1.0; ///< Factor on the fundamental frequency (flite; its voice rms keeps its own).
    /// Factor on all resonances (flite): more than 1 is a shorter vocal tract, a smaller speaker.
    double tract = 1.0;
};

/// How one sentence is said.
struct Delivery {
    double pace = 1.0;       ///< Factor on durations.
    double pitch = 1.0;      ///< Factor on the fundamental frequency.
    double liveliness = 0.5; ///< 0..1, of the melody, where the engine can.
};

/// A sentence as sound with exact times from its beginning. `text.words` has one entry for each
/// word of the text, in order; those that the engine ran together with the word before have no
/// length. The last phone ends where the sound does.
struct SpeechSound {
    audio::Sound sound; ///< 16 kHz
    gestures::SpokenText text;
};

/// Speaks sentences. One thread.
class Synthesiser {
public:
    Synthesiser() = default;
    Synthesiser(const Synthesiser&) = delete;
    Synthesiser& operator=(const Synthesiser&) = delete;
    virtual ~Synthesiser() = default;

    /// Same voice, text and delivery: same sound, whatever was said before. NotFound for voices
    /// that the engine does not know; Unavailable when it has failed.
    [[nodiscard]] virtual Result<SpeechSound> speak(const Voice& voice, std::string_view text,
                                                    const Delivery& delivery) = 0;
};

} // namespace gesture::training
