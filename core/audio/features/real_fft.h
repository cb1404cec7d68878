// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <memory>
#include <span>

namespace gesture::audio {

/// Discrete Fourier transform of real signals of one length. One thread at a time.
class RealFft {
public:
    /// `size`: samples, at least 1. Sizes without large prime factors are fast.
    explicit RealFft(int size);
    RealFft(RealFft&&) noexcept;
    RealFft& operator=(RealFft&&) noexcept;
    ~RealFft();

    /// Smallest even size without large prime factors that is at least `size`.
    [[nodiscard]] static int fastSize(int size);

    [[nodiscard]] int size() const;
    [[nodiscard]] int binCount() const { return size() / 2 + 1; }

    /// (size) samples to (size / 2 + 1) bins, not scaled.
    void forward(std::span<const float> samples, std::span<std::complex<float>> bins);
    /// The way back, divided by `size`.
    void inverse(std::span<const std::complex<float>> bins, std::span<float> samples);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace gesture::audio
