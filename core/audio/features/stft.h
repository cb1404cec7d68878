// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/features/real_fft.h"

#include <complex>
#include <cstdint>
#include <span>
#include <vector>

namespace gesture::audio {

/// Power spectra of short stretches of a sound, computed one at a time, so that nothing grows with
/// the sound. As librosa.stft does it by default: periodic Hann window, frames
/// centred on multiples of the hop, zeros beyond both ends. One thread.
class PowerStft {
public:
    /// `fftSize` and `hop` in samples, at least 1. `windowSize` at most `fftSize`, in whose middle
    /// the window then lies between zeros (librosa's win_length); 0: as large.
    PowerStft(int fftSize, int hop, int windowSize = 0);

    [[nodiscard]] int binCount() const { return fft_.binCount(); }
    /// 1 + sampleCount / hop for even sizes; 0 for no samples.
    [[nodiscard]] std::int64_t frameCount(std::int64_t sampleCount) const;
    /// Squared magnitudes (binCount) of one frame; bin k lies at k * sampleRate / fftSize Hz.
    /// Samples that are not numbers count as 0.
    void frame(std::span<const float> samples, std::int64_t index, std::span<float> power);

private:
    int hop_;
    RealFft fft_;
    std::vector<double> window_;
    std::vector<float> buffer_;
    std::vector<std::complex<float>> bins_;
};

/// (size) values of 0.5 - 0.5 cos(2 pi i / size), scipy.signal.get_window("hann").
[[nodiscard]] std::vector<double> periodicHann(int size);

} // namespace gesture::audio
