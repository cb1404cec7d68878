// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/onset.h"

#include "core/base/assert.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gesture::audio {

namespace {

constexpr float kDecibelRange = 80.0F;
constexpr std::int64_t kFramesPerReport = 256;

/// Calls `visit(frame, band powers)` for every frame of a sound; false when it was stopped.
template <typename Visit>
bool forEachMelFrame(const Sound& sound, const MelOptions& options, JobControl& control,
                     Visit visit) {
    MelAnalyser analyser(sound.sampleRate, options);
    const std::int64_t count = analyser.frameCount(static_cast<std::int64_t>(sound.samples.size()));
    std::vector<float> bands(static_cast<std::size_t>(options.bands));
    for (std::int64_t i = 0; i < count; ++i) {
        if (i % kFramesPerReport == 0) {
            if (control.stopRequested()) return false;
            control.advanceTo(i);
        }
        analyser.frame(sound.samples, i, bands);
        visit(i, std::span<const float>(bands));
    }
    control.advanceTo(count);
    return true;
}

/// Python's a // b of floating-point numbers, b > 0.
std::int64_t floorDivision(double a, double b) { return std::llround((a - std::fmod(a, b)) / b); }

double meanRise(std::span<const float> before, std::span<const float> now) {
    double sum = 0.0;
    for (std::size_t b = 0; b < now.size(); ++b)
        sum += std::max(0.0F, now[b] - before[b]);
    return sum / static_cast<double>(now.size());
}

bool isPeak(std::span<const float> values, std::int64_t n, const PeakPicking& how) {
    const auto count = static_cast<std::int64_t>(values.size());
    const auto part = [&](std::int64_t before, std::int64_t after) {
        const std::int64_t begin = std::max<std::int64_t>(0, n - before);
        const std::int64_t end = std::min(count, n + after);
        return values.subspan(static_cast<std::size_t>(begin),
                              static_cast<std::size_t>(end - begin));
    };
    const float value = values[static_cast<std::size_t>(n)];
    for (const float other : part(how.preMax, how.postMax))
        if (other > value) return false;
    const auto around = part(how.preAverage, how.postAverage);
    float sum = 0.0F;
    for (const float other : around)
        sum += other;
    return value >= static_cast<double>(sum) / static_cast<double>(around.size()) + how.delta;
}

} // namespace

Result<Series> onsetStrength(const Sound& sound, const MelOptions& options, JobControl& control) {
    const auto frames = centredFrameCount(static_cast<std::int64_t>(sound.samples.size()),
                                          options.fftSize, options.hop);
    Series strength{static_cast<double>(sound.sampleRate) / options.hop,
                    std::vector<float>(static_cast<std::size_t>(frames))};
    if (frames == 0) return strength;

    control.beginStage("Measuring the loudest sound", frames);
    float loudest = 0.0F;
    const auto measure = [&](std::int64_t, std::span<const float> bands) {
        loudest = std::max(loudest, *std::max_element(bands.begin(), bands.end()));
    };
    if (!forEachMelFrame(sound, options, control, measure))
        return JobControl::cancelled("Looking for onsets");

    control.beginStage("Looking for onsets", frames);
    const float lowest = decibelsOf(loudest) - kDecibelRange;
    const std::int64_t shift = options.fftSize / (2 * options.hop);
    std::vector<float> before;
    std::vector<float> now(static_cast<std::size_t>(options.bands));
    const auto compare = [&](std::int64_t frame, std::span<const float> bands) {
        std::transform(bands.begin(), bands.end(), now.begin(),
                       [lowest](float power) { return std::max(decibelsOf(power), lowest); });
        if (!before.empty() && frame + shift < frames)
            strength.values[static_cast<std::size_t>(frame + shift)] =
                static_cast<float>(meanRise(before, now));
        before = now;
    };
    if (!forEachMelFrame(sound, options, control, compare))
        return JobControl::cancelled("Looking for onsets");
    return strength;
}

PeakPicking onsetPeakPicking(int sampleRate, int hop) {
    GESTURE_ASSERT(sampleRate > 0 && hop > 0);
    const std::int64_t thirtyMilliseconds = floorDivision(0.03 * sampleRate, hop);
    const std::int64_t hundredMilliseconds = floorDivision(0.10 * sampleRate, hop);
    return {thirtyMilliseconds,      1,    hundredMilliseconds,
            hundredMilliseconds + 1, 0.07, thirtyMilliseconds};
}

std::vector<std::int64_t> pickPeaks(std::span<const float> values, const PeakPicking& how) {
    GESTURE_ASSERT(how.preMax >= 0 && how.postMax >= 1 && how.preAverage >= 0 &&
                   how.postAverage >= 1 && how.wait >= 0);
    std::vector<std::int64_t> peaks;
    std::int64_t n = 0;
    while (n < static_cast<std::int64_t>(values.size())) {
        const bool peak = isPeak(values, n, how);
        if (peak) peaks.push_back(n);
        n += peak ? how.wait + 1 : 1;
    }
    return peaks;
}

std::vector<std::int64_t> detectOnsets(std::span<const float> strength, int sampleRate, int hop) {
    if (strength.empty()) return {};
    for (const float value : strength)
        if (!std::isfinite(value)) return {};
    const auto extremes = std::minmax_element(strength.begin(), strength.end());
    const float lowest = *extremes.first;
    const float range = *extremes.second - lowest;
    if (range <= 0.0F) return {};
    std::vector<float> scaled(strength.size());
    std::transform(strength.begin(), strength.end(), scaled.begin(), [&](float value) {
        return (value - lowest) / (range + std::numeric_limits<float>::min());
    });
    return pickPeaks(scaled, onsetPeakPicking(sampleRate, hop));
}

Result<std::vector<std::int64_t>> onsetFrames(const Sound& sound, JobControl& control) {
    const MelOptions options;
    auto strength = onsetStrength(sound, options, control);
    if (!strength) return std::move(strength).error();
    return detectOnsets(strength->values, sound.sampleRate, options.hop);
}

} // namespace gesture::audio
