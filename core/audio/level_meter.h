// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/audio_file.h"
#include "core/base/job.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace gesture::audio {

/// How loud a sound is, over the samples of all channels; 1 is full scale (0 dBFS).
struct SoundLevels {
    std::int64_t sampleCount = 0; ///< Per channel, as they were counted.
    float peak = 0;               ///< Largest absolute sample.
    double rms = 0;
    /// Runs of three or more samples of one channel at full scale or above.
    std::int64_t clippedRuns = 0;
    std::int64_t damagedSamples = 0; ///< See AudioReader::read.

    /// Sentences about what is wrong with it: silence, clipping, damage.
    [[nodiscard]] std::vector<std::string> remarks() const;
};

/// Decibels of full scale; minus infinity for 0.
[[nodiscard]] double decibels(double amplitude);

/// Measures interleaved samples that come in pieces. One thread.
class LevelMeter {
public:
    /// `bitsPerSample` (0: unknown) says what full scale is.
    LevelMeter(int channels, int bitsPerSample);

    void push(std::span<const float> interleaved);
    [[nodiscard]] SoundLevels levels() const;

private:
    float fullScale_;
    std::vector<std::int64_t> runs_; ///< Samples at full scale up to now, per channel.
    SoundLevels levels_;
    double energy_ = 0;
};

/// Reads the sound from where the reader stands to its end. Blocks; Cancelled, or what broke the
/// reading off.
[[nodiscard]] Result<SoundLevels> measureLevels(AudioReader& reader, JobControl& control);

} // namespace gesture::audio
