// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/features/framing.h"
#include "core/audio/features/pitch.h"
#include "core/audio/sound.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/base/time.h"

#include <cstdint>
#include <vector>

namespace gesture::audio {

/// What a timeline shows of speech. Two time grids: that of `onsetStrength` (512 samples), and that
/// of `energy`, which `pitch` and `speech` share (10 ms). Immutable once made; value type.
struct SpeechAnalysis {
    Series onsetStrength; ///< dB, see `onsetStrength`
    std::vector<Seconds> onsets;
    Series energy; ///< dB of full scale, 32 ms around each moment
    PitchTrack pitch;
    std::vector<std::uint8_t> speech; ///< 1 where there is speech, see `detectSpeech`
};

/// Computes all of it on the calling thread. Made for mono speech at 16 kHz; other rates from 1 kHz
/// on work, those above 48 kHz slowly. An empty sound gives empty series. Needs, beside the sound,
/// about 3 kB a second, and up to 30 MB in long silence. InvalidInput below 1 kHz; Cancelled.
[[nodiscard]] Result<SpeechAnalysis> analyseSpeech(const Sound& sound, JobControl& control);

} // namespace gesture::audio
