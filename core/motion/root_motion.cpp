// SPDX-License-Identifier: Apache-2.0
#include "core/motion/root_motion.h"

#include "core/base/assert.h"

#include <algorithm>

namespace gesture::motion {

std::vector<float> linearVelocity(std::span<const float> positions, int channels,
                                  double secondsPerFrame) {
    GESTURE_ASSERT(channels > 0 && secondsPerFrame > 0.0);
    const auto step = static_cast<std::size_t>(channels);
    GESTURE_ASSERT(positions.size() % step == 0);
    const std::size_t count = positions.size();
    std::vector<float> velocities(count, 0.0F);
    if (count < 2 * step) return velocities;
    const auto one = static_cast<float>(secondsPerFrame);
    const auto two = static_cast<float>(2.0 * secondsPerFrame);
    for (std::size_t i = step; i < count - step; ++i) {
        velocities[i] = (positions[i + step] - positions[i - step]) / two;
    }
    for (std::size_t c = 0; c < step; ++c) {
        const std::size_t last = count - step + c;
        velocities[c] = (positions[step + c] - positions[c]) / one;
        velocities[last] = (positions[last] - positions[last - step]) / one;
    }
    return velocities;
}

std::vector<float> integrateVelocity(std::span<const float> velocities,
                                     std::span<const float> start, double secondsPerFrame) {
    GESTURE_ASSERT(!start.empty() && velocities.size() % start.size() == 0);
    std::vector<float> positions(velocities.size());
    if (positions.empty()) return positions;
    std::ranges::copy(start, positions.begin());
    const auto seconds = static_cast<float>(secondsPerFrame);
    const std::size_t step = start.size();
    for (std::size_t i = step; i < positions.size(); ++i) {
        positions[i] = velocities[i - step] * seconds + positions[i - step];
    }
    return positions;
}

} // namespace gesture::motion
