// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/stft.h"

#include "core/audio/features/framing.h"
#include "core/base/assert.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace gesture::audio {

std::vector<double> periodicHann(int size) {
    GESTURE_ASSERT(size > 0);
    std::vector<double> window(static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < window.size(); ++i)
        window[i] = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * static_cast<double>(i) / size);
    return window;
}

namespace {

std::vector<double> centredHann(int fftSize, int windowSize) {
    GESTURE_ASSERT(windowSize >= 0 && windowSize <= fftSize);
    const std::vector<double> hann = periodicHann(windowSize == 0 ? fftSize : windowSize);
    std::vector<double> window(static_cast<std::size_t>(fftSize), 0.0);
    const std::size_t before = (window.size() - hann.size()) / 2;
    std::copy(hann.begin(), hann.end(), window.begin() + static_cast<std::ptrdiff_t>(before));
    return window;
}

} // namespace

PowerStft::PowerStft(int fftSize, int hop, int windowSize)
    : hop_(hop)
    , fft_(fftSize)
    , window_(centredHann(fftSize, windowSize))
    , buffer_(window_.size())
    , bins_(static_cast<std::size_t>(fft_.binCount())) {
    GESTURE_ASSERT(hop > 0);
}

std::int64_t PowerStft::frameCount(std::int64_t sampleCount) const {
    return centredFrameCount(sampleCount, fft_.size(), hop_);
}

void PowerStft::frame(std::span<const float> samples, std::int64_t index, std::span<float> power) {
    GESTURE_ASSERT(power.size() == bins_.size());
    copyWindow(samples, index * hop_ - fft_.size() / 2, buffer_);
    for (std::size_t i = 0; i < buffer_.size(); ++i)
        buffer_[i] = static_cast<float>(buffer_[i] * window_[i]);
    fft_.forward(buffer_, bins_);
    for (std::size_t k = 0; k < bins_.size(); ++k)
        power[k] = std::norm(bins_[k]);
}

} // namespace gesture::audio
