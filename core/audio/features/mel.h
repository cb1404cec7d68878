// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/features/stft.h"
#include "core/audio/sound.h"
#include "core/base/job.h"
#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace gesture::audio {

/// How high the triangles of mel bands are.
enum class MelScaling {
    UnitArea,   ///< Of area 1 in Hz (librosa: norm="slaney").
    UnitHeight, ///< 1 at the middle (norm=None).
};

/// How a mel spectrogram is made; the defaults are librosa's.
struct MelOptions {
    int fftSize = 2048;
    int hop = 512;
    int bands = 128;
    double lowestHz = 0.0;
    double highestHz = 0.0; ///< 0: half of the sample rate.
    int windowSize = 0;     ///< See PowerStft; 0: fftSize.
    MelScaling scaling = MelScaling::UnitArea;
};

/// Triangular filters that are evenly spaced on Slaney's mel scale: librosa.filters.mel.
/// Immutable.
class MelFilterBank {
public:
    /// `options.hop` and `windowSize` do not matter.
    MelFilterBank(int sampleRate, const MelOptions& options);

    [[nodiscard]] int bandCount() const { return static_cast<int>(bands_.size()); }
    /// Power spectrum (fftSize / 2 + 1) to band powers (bands).
    void apply(std::span<const float> power, std::span<float> bands) const;
    /// Weight of a bin in a band; 0 outside of the band's triangle.
    [[nodiscard]] float weight(int band, int bin) const;

private:
    /// The bins from `firstBin` on that a filter does not ignore.
    struct Band {
        int firstBin = 0;
        std::vector<float> weights;
    };
    std::vector<Band> bands_;
};

/// Band powers of a sound, frame by frame. One thread.
class MelAnalyser {
public:
    MelAnalyser(int sampleRate, const MelOptions& options);

    [[nodiscard]] int bandCount() const { return filters_.bandCount(); }
    [[nodiscard]] std::int64_t frameCount(std::int64_t sampleCount) const {
        return stft_.frameCount(sampleCount);
    }
    /// The band powers (bandCount) of one frame, see `PowerStft::frame`.
    void frame(std::span<const float> samples, std::int64_t index, std::span<float> bands);

private:
    PowerStft stft_;
    MelFilterBank filters_;
    std::vector<float> power_;
};

/// Hz to Slaney's mel scale (linear below 1 kHz, logarithmic above) and back.
[[nodiscard]] double melOf(double hertz);
[[nodiscard]] double hertzOf(double mel);

/// Band powers of a whole sound.
struct MelSpectrogram {
    double framesPerSecond = 0.0;
    int bands = 0;
    std::vector<float> values; ///< (frames, bands)
};

/// librosa.feature.melspectrogram. Cancelled.
[[nodiscard]] Result<MelSpectrogram> melSpectrogram(const Sound& sound, const MelOptions& options,
                                                    JobControl& control);

/// 10 log10(power / reference), powers below `smallest` taken as that.
[[nodiscard]] float decibelsOf(float power, float reference = 1.0F, float smallest = 1e-10F);

/// Turns powers into decibels in place and lifts all to at least the largest - `range`, as
/// librosa.power_to_db.
void powerToDecibels(std::span<float> values, float reference = 1.0F,
                     std::optional<float> range = 80.0F);

} // namespace gesture::audio
