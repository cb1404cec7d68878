// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/mel.h"

#include "core/base/assert.h"

#include <algorithm>
#include <cmath>

namespace gesture::audio {

namespace {

constexpr double kHertzPerMel = 200.0 / 3.0;
constexpr double kFirstLogHertz = 1000.0;
constexpr double kFirstLogMel = kFirstLogHertz / kHertzPerMel;
constexpr std::int64_t kFramesPerReport = 256;

double logStep() { return std::log(6.4) / 27.0; }

/// Corners of the triangles: `count` frequencies in Hz, evenly spaced in mel.
std::vector<double> cornerFrequencies(int count, double lowest, double highest) {
    const double first = melOf(lowest);
    const double last = melOf(highest);
    const double step = (last - first) / (count - 1);
    std::vector<double> corners(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        corners[static_cast<std::size_t>(i)] = hertzOf(i + 1 == count ? last : first + i * step);
    return corners;
}

} // namespace

double melOf(double hertz) {
    return hertz < kFirstLogHertz ? hertz / kHertzPerMel
                                  : kFirstLogMel + std::log(hertz / kFirstLogHertz) / logStep();
}

double hertzOf(double mel) {
    return mel < kFirstLogMel ? kHertzPerMel * mel
                              : kFirstLogHertz * std::exp(logStep() * (mel - kFirstLogMel));
}

MelFilterBank::MelFilterBank(int sampleRate, const MelOptions& options) {
    GESTURE_ASSERT(sampleRate > 0 && options.fftSize > 0 && options.bands > 0);
    const double highest = options.highestHz > 0.0 ? options.highestHz : sampleRate / 2.0;
    const auto corners = cornerFrequencies(options.bands + 2, options.lowestHz, highest);
    const double binWidth = static_cast<double>(sampleRate) / options.fftSize;
    bands_.resize(static_cast<std::size_t>(options.bands));
    for (std::size_t b = 0; b < bands_.size(); ++b) {
        const double low = corners[b];
        const double middle = corners[b + 1];
        const double high = corners[b + 2];
        const double scale = options.scaling == MelScaling::UnitArea ? 2.0 / (high - low) : 1.0;
        Band& band = bands_[b];
        for (int bin = 0; bin <= options.fftSize / 2; ++bin) {
            const double hertz = bin * binWidth;
            const double rising = (hertz - low) / (middle - low);
            const double falling = (high - hertz) / (high - middle);
            const auto height = static_cast<float>(std::max(0.0, std::min(rising, falling)));
            if (height <= 0.0F) continue;
            if (band.weights.empty()) band.firstBin = bin;
            band.weights.push_back(static_cast<float>(height * scale));
        }
    }
}

void MelFilterBank::apply(std::span<const float> power, std::span<float> bands) const {
    GESTURE_ASSERT(bands.size() == bands_.size());
    for (std::size_t b = 0; b < bands_.size(); ++b) {
        const Band& band = bands_[b];
        const auto part =
            power.subspan(static_cast<std::size_t>(band.firstBin), band.weights.size());
        double sum = 0.0;
        for (std::size_t i = 0; i < part.size(); ++i)
            sum += static_cast<double>(part[i]) * band.weights[i];
        bands[b] = static_cast<float>(sum);
    }
}

float MelFilterBank::weight(int band, int bin) const {
    const Band& filter = bands_.at(static_cast<std::size_t>(band));
    const auto index = static_cast<std::size_t>(bin - filter.firstBin);
    return bin >= filter.firstBin && index < filter.weights.size() ? filter.weights[index] : 0.0F;
}

MelAnalyser::MelAnalyser(int sampleRate, const MelOptions& options)
    : stft_(options.fftSize, options.hop, options.windowSize)
    , filters_(sampleRate, options)
    , power_(static_cast<std::size_t>(stft_.binCount())) {}

void MelAnalyser::frame(std::span<const float> samples, std::int64_t index,
                        std::span<float> bands) {
    stft_.frame(samples, index, power_);
    filters_.apply(power_, bands);
}

Result<MelSpectrogram> melSpectrogram(const Sound& sound, const MelOptions& options,
                                      JobControl& control) {
    MelAnalyser analyser(sound.sampleRate, options);
    const std::int64_t count = analyser.frameCount(static_cast<std::int64_t>(sound.samples.size()));
    MelSpectrogram mel{static_cast<double>(sound.sampleRate) / options.hop, options.bands, {}};
    const auto bands = static_cast<std::size_t>(options.bands);
    mel.values.resize(static_cast<std::size_t>(count) * bands);
    control.beginStage("Computing the mel spectrogram", count);
    for (std::int64_t i = 0; i < count; ++i) {
        if (i % kFramesPerReport == 0) {
            if (control.stopRequested()) return JobControl::cancelled("The mel spectrogram");
            control.advanceTo(i);
        }
        analyser.frame(sound.samples, i,
                       std::span(mel.values).subspan(static_cast<std::size_t>(i) * bands, bands));
    }
    control.advanceTo(count);
    return mel;
}

float decibelsOf(float power, float reference, float smallest) {
    return 10.0F * std::log10(std::max(smallest, power)) -
           10.0F * std::log10(std::max(smallest, reference));
}

void powerToDecibels(std::span<float> values, float reference, std::optional<float> range) {
    if (values.empty()) return;
    for (float& value : values)
        value = decibelsOf(value, reference);
    if (!range) return;
    const float lowest = *std::max_element(values.begin(), values.end()) - *range;
    for (float& value : values)
        value = std::max(value, lowest);
}

} // namespace gesture::audio
