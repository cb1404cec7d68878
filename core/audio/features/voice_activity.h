// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/features/framing.h"
#include "core/audio/features/pitch.h"
#include "core/base/time.h"

#include <cstdint>
#include <vector>

namespace gesture::audio {

/// Which frames hold speech; the rule and its numbers are this program's own.
///
/// For each second the noise is the 10th percentile of the loudness of the frames around it (10 s
/// to both sides) that are not voiced; without such frames there is none. Speech begins in a
/// frame that is `onAbove` louder than the noise, at least `quietest` loud, and voiced with a
/// probability of `onVoicing`. From there it reaches in both directions as long as the sound stays
/// `offAbove` above the noise, which takes in the consonants. Then gaps up to `bridge` are closed
/// and what is shorter than `shortest` is dropped.
struct VoiceActivityOptions {
    float onAbove = 8.0F;    ///< dB
    float offAbove = 4.0F;   ///< dB
    float quietest = -65.0F; ///< dB of full scale
    float onVoicing = 0.5F;
    Seconds bridge{0.15};
    Seconds shortest{0.06};
};

/// 1 where a frame holds speech, else 0, one value a frame of `pitch`. `energy` has the same frame
/// rate (see `energyDecibels`); frames that it lacks are silent.
[[nodiscard]] std::vector<std::uint8_t> detectSpeech(const Series& energy, const PitchTrack& pitch,
                                                     const VoiceActivityOptions& options = {});

} // namespace gesture::audio
