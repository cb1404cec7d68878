// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/features/framing.h"
#include "core/audio/features/mel.h"
#include "core/audio/sound.h"
#include "core/base/job.h"
#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <vector>

namespace gesture::audio {

/// Onset strength: by how many decibels the mel bands rise from frame to frame, falls not counted,
/// averaged over the bands; librosa.onset.onset_strength with its defaults (lag 1, levels limited
/// to 80 dB below the loudest, moved by 1 + fftSize / (2 hop) frames). Frame i is centred at
/// i * hop. Goes over the sound twice and keeps no spectrogram. Cancelled.
[[nodiscard]] Result<Series> onsetStrength(const Sound& sound, const MelOptions& options,
                                           JobControl& control);

/// Which values of a series are peaks (librosa.util.peak_pick). Value n is one when it is the
/// largest of [n - preMax, n + postMax), at least `delta` above the mean of [n - preAverage,
/// n + postAverage), and more than `wait` after the peak before.
struct PeakPicking {
    std::int64_t preMax = 0;  ///< >= 0, as the other lengths unless said otherwise
    std::int64_t postMax = 1; ///< >= 1
    std::int64_t preAverage = 0;
    std::int64_t postAverage = 1; ///< >= 1
    double delta = 0.0;
    std::int64_t wait = 0;

    bool operator==(const PeakPicking&) const = default;
};

/// librosa's defaults for onsets: 30 ms before, 100 ms of mean on both sides, 30 ms of wait, cut
/// down to whole frames. At 16 kHz and a hop of 512 nothing is left of the 30 ms, so that every
/// frame that exceeds the mean is an onset, also several in a row.
[[nodiscard]] PeakPicking onsetPeakPicking(int sampleRate, int hop);

/// Indices of the peaks, ascending.
[[nodiscard]] std::vector<std::int64_t> pickPeaks(std::span<const float> values,
                                                  const PeakPicking& how);

/// Frames of onsets in an onset strength, after scaling it to 0..1: librosa.onset.onset_detect.
/// None when the strength is constant or not a number somewhere.
[[nodiscard]] std::vector<std::int64_t> detectOnsets(std::span<const float> strength,
                                                     int sampleRate, int hop);

/// Both steps with the default options. Cancelled.
[[nodiscard]] Result<std::vector<std::int64_t>> onsetFrames(const Sound& sound,
                                                            JobControl& control);

} // namespace gesture::audio
