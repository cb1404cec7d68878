// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/features/real_fft.h"

#include <complex>
#include <cstdint>
#include <span>
#include <vector>

namespace gesture::audio {

/// A pitch that a stretch of sound may have.
struct PitchCandidate {
    double hertz = 0.0;
    double probability = 0.0;
};

/// First half of pYIN (Mauch and Dixon 2014): candidates of one frame from the troughs of YIN's
/// normalised difference, weighted by a prior over thresholds. Numbers as in librosa.pyin: beta(2,
/// 18) prior over 100 thresholds, Boltzmann weight 2, 0.01 for the lowest trough above all
/// thresholds. One thread.
class Yin {
public:
    /// 0 < lowestHz < highestHz <= sampleRate / 2; sampleRate / lowestHz < frameLength - 1.
    Yin(int sampleRate, double lowestHz, double highestHz, int frameLength);

    /// Candidates by ascending period; valid until the next call. Empty for silence.
    [[nodiscard]] std::span<const PitchCandidate> candidates(std::span<const float> samples,
                                                             std::int64_t centre);

private:
    /// Local minimum of the normalised difference.
    struct Trough {
        std::size_t index = 0; ///< Period minus the shortest one.
        double height = 0.0;
        double probability = 0.0;
    };

    void computeDifference(std::span<const float> samples, std::int64_t centre);
    void findTroughs();
    void weighTroughs();
    [[nodiscard]] double shiftAt(std::size_t index) const;

    int sampleRate_;
    std::size_t shortest_; ///< Periods in samples.
    std::size_t longest_;
    std::size_t frameLength_;
    RealFft fft_;
    std::vector<float> frame_; ///< Padded with zeros to the FFT's size.
    std::vector<std::complex<float>> bins_;
    std::vector<float> correlation_;
    std::vector<double> difference_; ///< (longest - shortest + 1), normalised
    std::vector<Trough> troughs_;
    std::vector<PitchCandidate> candidates_;
    std::vector<double> thresholdPrior_; ///< (100)
    std::vector<double> positionWeight_; ///< exp(-2 position)
    std::vector<double> countWeight_;    ///< Makes the weights of so many troughs sum to 1.
};

} // namespace gesture::audio
