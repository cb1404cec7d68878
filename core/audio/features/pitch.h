// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/base/job.h"
#include "core/base/result.h"

#include <vector>

namespace gesture::audio {

/// Range and grid of a pitch track. The defaults suit speech of adults and children.
struct PitchOptions {
    double lowestHz = 60.0;
    double highestHz = 500.0;
    int frameLength = 0; ///< Samples that are looked at for one value; 0: 64 ms, made even.
    int hop = 0;         ///< Samples from value to value; 0: 10 ms, rounded.
};

/// Fundamental frequency over time; value i belongs to the moment i / framesPerSecond. Value type.
struct PitchTrack {
    double framesPerSecond = 0.0;
    std::vector<float> hertz;   ///< 0 where nothing is voiced; steps of a tenth of a semitone.
    std::vector<float> voicing; ///< Probability that the frame is voiced, 0..1.
};

/// Probabilistic YIN, librosa.pyin with its defaults, as a stream: memory does not grow with the
/// sound but for the result. An empty sound gives an empty track. InvalidInput when the sample rate
/// or the frame is too small for the range; Cancelled.
[[nodiscard]] Result<PitchTrack> trackPitch(const Sound& sound, const PitchOptions& options,
                                            JobControl& control);

} // namespace gesture::audio
