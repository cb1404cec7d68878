// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/hand_strokes.h"

#include "core/base/assert.h"
#include "core/motion/skeleton.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace gesture::metrics {

namespace {

using motion::kPoseSize;
using Peaks = std::vector<std::int64_t>;

constexpr std::size_t kSpine3 = 9;
constexpr float kLowestPeak = 0.45F; ///< metres a second
constexpr float kProminence = 0.2F;  ///< metres a second
constexpr std::int64_t kApart = 7;   ///< frames
constexpr double kTolerance = 0.2;   ///< seconds

/// Middles of plateaus with lower values on both sides.
Peaks localMaxima(std::span<const float> values) {
    Peaks peaks;
    for (std::size_t i = 1; i + 1 < values.size();) {
        std::size_t end = i + 1;
        while (end < values.size() && values[end] == values[i])
            ++end;
        const bool rises = values[i - 1] < values[i];
        if (rises && end < values.size() && values[end] < values[i])
            peaks.push_back(static_cast<std::int64_t>((i + end - 1) / 2));
        i = end;
    }
    return peaks;
}

/// Drops peaks that are closer than `kApart` to a higher one that stays.
Peaks spacedPeaks(std::span<const float> values, const Peaks& peaks) {
    std::vector<std::size_t> order(peaks.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return values[static_cast<std::size_t>(peaks[a])] <
               values[static_cast<std::size_t>(peaks[b])];
    });
    std::vector<bool> kept(peaks.size(), true);
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
        if (!kept[*at]) continue;
        for (std::size_t i = *at; i-- > 0 && peaks[*at] - peaks[i] < kApart;)
            kept[i] = false;
        for (std::size_t i = *at + 1; i < peaks.size() && peaks[i] - peaks[*at] < kApart; ++i)
            kept[i] = false;
    }
    Peaks spaced;
    for (std::size_t i = 0; i < peaks.size(); ++i)
        if (kept[i]) spaced.push_back(peaks[i]);
    return spaced;
}

/// Height above the higher of the two lowest points on the way to higher ground or an end.
float prominenceOf(std::span<const float> values, std::int64_t peak) {
    const float height = values[static_cast<std::size_t>(peak)];
    float left = height;
    for (std::int64_t i = peak; i >= 0 && values[static_cast<std::size_t>(i)] <= height; --i)
        left = std::min(left, values[static_cast<std::size_t>(i)]);
    float right = height;
    for (auto i = static_cast<std::size_t>(peak); i < values.size() && values[i] <= height; ++i)
        right = std::min(right, values[i]);
    return height - std::max(left, right);
}

/// Seconds from each peak to the nearest of the others that are near enough.
std::vector<double> matchedSeconds(std::span<const std::int64_t> peaks,
                                   std::span<const std::int64_t> others, FrameRate rate) {
    std::vector<double> apart;
    for (const std::int64_t peak : peaks) {
        double nearest = kTolerance;
        for (const std::int64_t other : others)
            nearest = std::min(nearest, std::abs(static_cast<double>(peak) / rate.perSecond() -
                                                 static_cast<double>(other) / rate.perSecond()));
        if (nearest < kTolerance) apart.push_back(nearest);
    }
    return apart;
}

std::optional<double> medianOf(std::vector<double> values) {
    if (values.empty()) return std::nullopt;
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2.0;
}

} // namespace

std::vector<float> handSpeed(std::span<const float> positions, FrameRate rate) {
    GESTURE_ASSERT(positions.size() % kPoseSize == 0);
    const std::size_t frames = positions.size() / kPoseSize;
    std::vector<float> speed(frames);
    if (frames < 2) return speed;
    const auto relative = [&](std::size_t frame, int wrist, std::size_t axis) {
        return static_cast<double>(
                   positions[frame * kPoseSize + 3 * static_cast<std::size_t>(wrist) + axis]) -
               static_cast<double>(positions[frame * kPoseSize + 3 * kSpine3 + axis]);
    };
    for (std::size_t frame = 0; frame < frames; ++frame) {
        const std::size_t before = frame == 0 ? 0 : frame - 1;
        const std::size_t after = std::min(frame + 1, frames - 1);
        const double perSecond = rate.perSecond() / static_cast<double>(after - before);
        for (const int wrist : {motion::kLeftWrist, motion::kRightWrist}) {
            double squares = 0.0;
            for (std::size_t axis = 0; axis < 3; ++axis) {
                const double moved =
                    (relative(after, wrist, axis) - relative(before, wrist, axis)) * perSecond;
                squares += moved * moved;
            }
            speed[frame] = std::max(speed[frame], static_cast<float>(std::sqrt(squares)));
        }
    }
    return speed;
}

std::vector<std::int64_t> strokePeaks(std::span<const float> speed) {
    Peaks peaks = localMaxima(speed);
    std::erase_if(peaks, [&](std::int64_t peak) {
        return speed[static_cast<std::size_t>(peak)] < kLowestPeak;
    });
    peaks = spacedPeaks(speed, peaks);
    std::erase_if(peaks,
                  [&](std::int64_t peak) { return prominenceOf(speed, peak) < kProminence; });
    return peaks;
}

StrokeMatch matchStrokes(std::span<const std::int64_t> found, std::span<const std::int64_t> wanted,
                         FrameRate rate) {
    std::vector<double> right = matchedSeconds(found, wanted, rate);
    const std::vector<double> hit = matchedSeconds(wanted, found, rate);
    StrokeMatch match;
    if (right.empty() || hit.empty()) return match;
    const double precision = static_cast<double>(right.size()) / static_cast<double>(found.size());
    const double recall = static_cast<double>(hit.size()) / static_cast<double>(wanted.size());
    match.f1 = 2.0 * precision * recall / (precision + recall);
    match.medianSeconds = medianOf(std::move(right));
    return match;
}

std::optional<double> strokeScore(double f1, double control, double ceiling) {
    if (!(ceiling > control)) return std::nullopt;
    return (f1 - control) / (ceiling - control);
}

} // namespace gesture::metrics
