// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/diversity.h"

#include "core/base/assert.h"

#include <cmath>
#include <vector>

namespace gesture::metrics {

double diversity(std::span<const float> positions, std::size_t width) {
    GESTURE_ASSERT(width > 0 && positions.size() % width == 0);
    const std::size_t frames = positions.size() / width;
    if (frames == 0) return 0.0;
    std::vector<double> means(width);
    for (std::size_t i = 0; i < positions.size(); ++i)
        means[i % width] += static_cast<double>(positions[i]) / static_cast<double>(frames);
    double sum = 0.0;
    for (std::size_t i = 0; i < positions.size(); ++i)
        sum += std::abs(static_cast<double>(positions[i]) - means[i % width]);
    return sum / static_cast<double>(frames);
}

void foldAroundMean(std::span<float> positions, std::size_t width) {
    GESTURE_ASSERT(width > 0 && positions.size() % width == 0);
    const auto frames = static_cast<float>(positions.size() / width);
    std::vector<float> means(width);
    for (std::size_t i = 0; i < positions.size(); ++i)
        means[i % width] += positions[i];
    for (float& mean : means)
        mean /= frames;
    for (std::size_t i = 0; i < positions.size(); ++i)
        positions[i] = std::abs(positions[i] - means[i % width]);
}

} // namespace gesture::metrics
