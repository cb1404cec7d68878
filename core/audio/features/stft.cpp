// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/stft.h"

#include "core/audio/features/framing.h"
#include "core/base/assert.h"

#include <cmath>
#include <numbers>

namespace gesture::audio {

std::vector<double> periodicHann(int size) {
    GESTURE_ASSERT(size > 0);
    std::vector<double> window(static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < window.size(); ++i)
        window[i] = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * static_cast<double>(i) / size);
    return window;
}

PowerStft::PowerStft(int fftSize, int hop)
    : hop_(hop)
    , fft_(fftSize)
    , window_(periodicHann(fftSize))
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
