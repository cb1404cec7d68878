// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/mouth_from_sound.h"

#include <algorithm>
#include <cmath>

namespace gesture::avatar {

namespace {

constexpr float kSilence = 1e-3F;      ///< RMS below which nobody speaks (-60 dB).
constexpr double kLoudQuantile = 0.95; ///< This passage of the clip opens the mouth fully.
constexpr float kCompression = 0.7F;   ///< Exponent: quiet syllables still move the lips.
constexpr float kGate = 0.12F;         ///< Share of the loud passage that counts as a pause.
constexpr double kFastSeconds = 0.035; ///< Standard deviation of the syllable's smoothing.
constexpr double kSlowSeconds = 0.150; ///< Of the word's.

float loudPassage(std::span<const float> loudness) {
    std::vector<float> sorted(loudness.begin(), loudness.end());
    const auto at =
        static_cast<std::ptrdiff_t>(kLoudQuantile * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), sorted.begin() + at, sorted.end());
    return sorted[static_cast<std::size_t>(at)];
}

/// Gaussian of the given standard deviation in frames; the ends are repeated.
std::vector<float> smoothed(const std::vector<float>& values, double deviation) {
    const auto radius = static_cast<std::ptrdiff_t>(std::ceil(3.0 * deviation));
    const auto last = static_cast<std::ptrdiff_t>(values.size()) - 1;
    std::vector<float> kernel;
    for (std::ptrdiff_t i = -radius; i <= radius; ++i) {
        const double x = static_cast<double>(i) / std::max(deviation, 1e-6);
        kernel.push_back(static_cast<float>(std::exp(-0.5 * x * x)));
    }
    float total = 0.0F;
    for (const float weight : kernel) {
        total += weight;
    }
    std::vector<float> result(values.size());
    for (std::ptrdiff_t i = 0; i <= last; ++i) {
        float sum = 0.0F;
        for (std::ptrdiff_t k = -radius; k <= radius; ++k) {
            const auto from = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(i + k, 0, last));
            sum += kernel[static_cast<std::size_t>(k + radius)] * values[from];
        }
        result[static_cast<std::size_t>(i)] = sum / total;
    }
    return result;
}

} // namespace

std::vector<MouthShape> mouthFromLoudness(std::span<const float> loudness, FrameRate rate) {
    std::vector<MouthShape> shapes(loudness.size());
    if (loudness.empty()) return shapes;
    const float loud = loudPassage(loudness);
    if (!(loud > kSilence)) return shapes;

    std::vector<float> level(loudness.size());
    std::transform(loudness.begin(), loudness.end(), level.begin(), [loud](float value) {
        if (!(value > kSilence)) return 0.0F;
        const float relative = std::pow(value / loud, kCompression);
        return std::clamp((relative - kGate) / (1.0F - kGate), 0.0F, 1.0F);
    });
    const auto fast = smoothed(level, kFastSeconds * rate.perSecond());
    const auto slow = smoothed(level, kSlowSeconds * rate.perSecond());
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        shapes[i].open = fast[i];
        shapes[i].round = std::clamp(slow[i] - fast[i], 0.0F, 1.0F);
    }
    return shapes;
}

} // namespace gesture::avatar
