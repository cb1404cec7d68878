// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/speech/forced_alignment.h"

namespace gesture::speech {

/// Proposes the words of `sound` (16 kHz mono, English) without a text: PocketSphinx with its
/// general language model, piece by piece between pauses; each piece is then aligned as
/// `alignText` does it, for exact times and phones. A word's confidence is its posterior
/// probability in the piece's word lattice. Cancelled; Unavailable or InvalidInput when the model
/// is missing or damaged; InvalidInput when there is no speech in the sound.
[[nodiscard]] Result<TimedSpeech> recogniseSpeech(const SpeechModel& model,
                                                  const audio::Sound& sound, JobControl& control);

} // namespace gesture::speech
