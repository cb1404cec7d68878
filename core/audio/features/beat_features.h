// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/base/time.h"

#include <cstdint>
#include <span>
#include <vector>

namespace gesture::audio {

/// Three numbers a motion frame that say how speech beats: amplitude, energy, onset. Value type.
struct BeatFeatures {
    static constexpr int kChannels = 3;

    FrameRate rate;
    std::vector<float> values; ///< (frames, 3)

    [[nodiscard]] std::int64_t frameCount() const {
        return static_cast<std::int64_t>(values.size()) / kChannels;
    }
};

/// The rhythm input of the SemTalk networks, at 30 frames a second, with the quirks of the code
/// that they were trained with (extract_rhythm_pause_features):
///  - amplitude: largest magnitude in the 1024 samples from sample k on, for the first
///    sampleCount / 512 samples only, stretched over the clip: nearly constant;
///  - energy: sum of squares of 1024 samples from sample 512 k on;
///  - onset: 1 in frames of 512 samples where `detectOnsets` finds one;
/// each interpolated linearly in double precision. floor(30 * seconds) frames. `speech` is at
/// 16 kHz, straight from the file's own rate. InvalidInput at other rates and below 1024 samples;
/// Cancelled.
[[nodiscard]] Result<BeatFeatures> referenceBeatFeatures(const Sound& speech, JobControl& control);

/// What a timeline shows: of the samples of each motion frame [i, i + 1) / rate, the largest
/// magnitude and the mean square, both in full-scale units; 1 where the frame holds one of `onsets`
/// (`SpeechAnalysis::onsets`). Covers the whole sound, the last frame in part. Cancelled.
[[nodiscard]] Result<BeatFeatures> frameBeatFeatures(const Sound& sound, FrameRate rate,
                                                     std::span<const Seconds> onsets,
                                                     JobControl& control);

} // namespace gesture::audio
