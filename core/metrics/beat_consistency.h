// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/metrics/metric_mode.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace gesture::metrics {

/// Joints whose beats count: spine, neck, collars, head, arms.
inline constexpr std::array<int, 13> kBeatJoints = {3,  6,  9,  12, 13, 14, 15,
                                                    16, 17, 18, 19, 20, 21};
/// Frames at either end of a clip that do not count: 2 s.
inline constexpr std::int64_t kBeatMargin = 60;
inline constexpr double kBeatSigma = 0.3; ///< seconds

/// Beats of a motion in seconds from frame 60 on, ascending, for each of kBeatJoints: frames where
/// a joint's speed is lower than in the 7 frames on either side.
///  - Paper: of these, number j counts when frame j, not 60 + j, is faster than 0.3 of the mean.
///  - EvalTools: the same with 0.1.
///  - Standard: when the minimum itself is faster than 0.3 of the mean.
/// `positions` (frames, 55, 3) metres at 30 frames a second; for Paper they are those that
/// `foldAroundMean` leaves. `meanSpeeds` (55) metres a second.
[[nodiscard]] std::vector<std::vector<double>>
motionBeats(std::span<const float> positions, std::span<const float> meanSpeeds, MetricMode mode);

/// The score of one clip and how much it weighs among others.
struct BeatScore {
    double score = 0.0;      ///< 0..1
    std::int64_t frames = 0; ///< Of the clip, less the margins.

    bool operator==(const BeatScore&) const = default;
};

/// BC (beat consistency): the mean over onsets of exp(-d^2 / (2 * 0.3^2)), d being the seconds to
/// the nearest beat of a joint; averaged over kBeatJoints, those without a beat counting 0.
/// `onsets` in seconds, from 2 s after the start of the motion on (audio::audioBeatTimes).
/// InvalidInput for motions of at most 4 s, without onsets (where the paper's code divides by 0),
/// and for mean speeds that are not 55 numbers, finite and not negative; a joint whose mean is 0
/// has no beats.
[[nodiscard]] Result<BeatScore> beatConsistency(std::span<const float> positions,
                                                std::span<const float> meanSpeeds,
                                                std::span<const double> onsets, MetricMode mode);

} // namespace gesture::metrics
