// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/framing.h"

#include "core/base/assert.h"

#include <algorithm>
#include <cmath>

namespace gesture::audio {

std::int64_t centredFrameCount(std::int64_t sampleCount, int frameLength, int hop) {
    GESTURE_ASSERT(frameLength > 0 && hop > 0);
    if (sampleCount <= 0) return 0;
    const std::int64_t padded = sampleCount + 2 * (std::int64_t{frameLength} / 2);
    return padded < frameLength ? 0 : 1 + (padded - frameLength) / hop;
}

void copyWindow(std::span<const float> samples, std::int64_t begin, std::span<float> out) {
    const auto count = static_cast<std::int64_t>(samples.size());
    const auto length = static_cast<std::int64_t>(out.size());
    const std::int64_t first = std::clamp<std::int64_t>(-begin, 0, length);
    const std::int64_t last = std::clamp<std::int64_t>(count - begin, first, length);
    std::fill(out.begin(), out.begin() + first, 0.0F);
    std::transform(samples.begin() + (begin + first), samples.begin() + (begin + last),
                   out.begin() + first,
                   [](float sample) { return std::isfinite(sample) ? sample : 0.0F; });
    std::fill(out.begin() + last, out.end(), 0.0F);
}

int samplesIn(double seconds, int sampleRate) {
    return std::max(1, static_cast<int>(std::lround(seconds * sampleRate)));
}

} // namespace gesture::audio
