// SPDX-License-Identifier: Apache-2.0
#include "core/inference/soft2hard.h"

#include "core/base/assert.h"
#include "core/inference/counter_random.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gesture::inference {

namespace {

/// Python's round(): to the nearest whole number, halves to the even one.
std::size_t roundedHalfToEven(double value) {
    const double floor = std::floor(value);
    const double rest = value - floor;
    const bool up = rest > 0.5 || (rest == 0.5 && std::fmod(floor, 2.0) != 0.0);
    return static_cast<std::size_t>(std::max(0.0, floor + (up ? 1.0 : 0.0)));
}

/// Takes one of `candidates` out, by lot with the chances `weights`, and its weight with it.
std::size_t drawn(std::vector<std::size_t>& candidates, std::vector<double>& weights,
                  CounterRandom& random) {
    double at = random.uniform() * std::accumulate(weights.begin(), weights.end(), 0.0);
    std::size_t i = 0;
    while (i + 1 < weights.size() && at >= weights[i]) {
        at -= weights[i];
        ++i;
    }
    const std::size_t frame = candidates[i];
    candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(i));
    weights.erase(weights.begin() + static_cast<std::ptrdiff_t>(i));
    return frame;
}

} // namespace

Soft2HardCounts soft2HardCounts(std::size_t frames, double epoch,
                                const Soft2HardSettings& settings) {
    const auto count = static_cast<double>(frames);
    const double hardShare = settings.topShare * epoch / settings.epochs;
    const double softShare = settings.topShare - hardShare;
    const auto total = std::min(frames, static_cast<std::size_t>(count * settings.maskShare));
    Soft2HardCounts counts;
    counts.hard = std::min(total, roundedHalfToEven(count * hardShare));
    counts.soft = std::min(total - counts.hard, roundedHalfToEven(count * softShare));
    counts.random = total - counts.hard - counts.soft;
    return counts;
}

Soft2HardChoice chooseSoft2Hard(std::span<const float> scores, const Soft2HardCounts& counts,
                                SoftDraw draw, std::uint64_t seed) {
    constexpr double kSmallestWeight = 1e-6;
    GESTURE_ASSERT(counts.hard + counts.soft + counts.random <= scores.size());
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order,
                             [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    CounterRandom random(seed);
    Soft2HardChoice choice;
    const auto hardEnd = order.begin() + static_cast<std::ptrdiff_t>(counts.hard);
    choice.hard.assign(order.begin(), hardEnd);

    const std::size_t pool =
        std::min(order.size() - counts.hard, counts.soft * (draw == SoftDraw::Softened ? 2U : 1U));
    const auto poolEnd = hardEnd + static_cast<std::ptrdiff_t>(pool);
    std::vector<std::size_t> candidates(hardEnd, poolEnd);
    std::vector<double> weights;
    weights.reserve(pool);
    for (const std::size_t frame : candidates) {
        weights.push_back(static_cast<double>(scores[frame]) -
                          static_cast<double>(scores[candidates.back()]) + kSmallestWeight);
    }
    for (std::size_t i = 0; i < counts.soft; ++i) {
        choice.soft.push_back(drawn(candidates, weights, random));
    }
    std::vector<std::size_t> others(poolEnd, order.end());
    others.insert(others.end(), candidates.begin(), candidates.end());
    for (std::size_t i = 0; i < counts.random; ++i) {
        std::swap(others[i], others[i + random.below(others.size() - i)]);
        choice.random.push_back(others[i]);
    }
    return choice;
}

} // namespace gesture::inference
