// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/base/result.h"

#include <cstdint>
#include <vector>

namespace gesture::speech {

/// Whether there can be speech in a sound: it must be heard at all, and its loudness must move as
/// syllables do; neither silence nor even noise passes. InvalidInput says which it is.
[[nodiscard]] Status checkSpeechPresence(const audio::Sound& sound);

/// Stretch of samples [begin, end).
struct SampleSpan {
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

/// Cuts a sound of 16 kHz where it is quietest: into pieces of 8 to 20 s, the last one maybe
/// shorter. Pieces touch and cover the sound.
[[nodiscard]] std::vector<SampleSpan> cutAtPauses(const audio::Sound& sound);

} // namespace gesture::speech
