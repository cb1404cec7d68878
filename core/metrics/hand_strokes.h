// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace gesture::metrics {

/// Speed of the faster hand (frames), metres a second: of both wrists relative to spine3, so that
/// walking and leaning do not count. `positions` (frames, 55, 3) metres.
[[nodiscard]] std::vector<float> handSpeed(std::span<const float> positions, FrameRate rate);

/// Frames of a speed's peaks: local maxima of at least 0.45 m/s, 7 frames apart (the higher one
/// stays), that stand out by 0.2 m/s (scipy.signal.find_peaks). At 30 frames a second.
[[nodiscard]] std::vector<std::int64_t> strokePeaks(std::span<const float> speed);

/// How well strokes of one motion are found at those of another.
struct StrokeMatch {
    double f1 = 0.0; ///< Of peaks that have one of the other motion within 0.2 s, both ways.
    std::optional<double> medianSeconds; ///< Time between matched peaks; nothing without any.
};

/// `found` and `wanted` ascending, in frames at `rate`.
[[nodiscard]] StrokeMatch matchStrokes(std::span<const std::int64_t> found,
                                       std::span<const std::int64_t> wanted, FrameRate rate);

/// (f1 - control) / (ceiling - control): 0 is chance, 1 what the tokenizer alone would reach.
/// Nothing where the ceiling is not above the control.
[[nodiscard]] std::optional<double> strokeScore(double f1, double control, double ceiling);

} // namespace gesture::metrics
