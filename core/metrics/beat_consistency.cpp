// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/beat_consistency.h"

#include "core/base/assert.h"
#include "core/metrics/joint_positions.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace gesture::metrics {

namespace {

using motion::kJointCount;
using motion::kPoseSize;

constexpr std::size_t kOrder = 7; ///< Neighbours on either side of a minimum.
constexpr double kFramesPerSecond = 30.0;

float thresholdOf(MetricMode mode) { return mode == MetricMode::EvalTools ? 0.1F : 0.3F; }

/// Lower than all of `kOrder` neighbours on either side; the ends are continued by their values.
bool isMinimum(std::span<const float> values, std::size_t index) {
    for (std::size_t shift = 1; shift <= kOrder; ++shift) {
        const float before = values[index < shift ? 0 : index - shift];
        const float after = values[std::min(index + shift, values.size() - 1)];
        if (!(values[index] < before && values[index] < after)) return false;
    }
    return true;
}

/// Seconds of the beats of one joint, whose speed is given for the whole clip.
std::vector<double> beatsOf(std::span<const float> speed, MetricMode mode) {
    const auto margin = static_cast<std::size_t>(kBeatMargin);
    const auto inner = speed.subspan(margin, speed.size() - 2 * margin);
    std::vector<double> beats;
    for (std::size_t i = 0; i < inner.size(); ++i) {
        const float judged = mode == MetricMode::Standard ? inner[i] : speed[i];
        if (judged > thresholdOf(mode) && isMinimum(inner, i))
            beats.push_back(static_cast<double>(i) / kFramesPerSecond);
    }
    return beats;
}

double scoreOf(std::span<const double> beats, std::span<const double> onsets) {
    if (beats.empty()) return 0.0;
    double sum = 0.0;
    for (const double onset : onsets) {
        const auto after = std::lower_bound(beats.begin(), beats.end(), onset);
        double apart = std::numeric_limits<double>::infinity();
        if (after != beats.end()) apart = *after - onset;
        if (after != beats.begin()) apart = std::min(apart, onset - *std::prev(after));
        sum += std::exp(-(apart * apart) / (2.0 * kBeatSigma * kBeatSigma));
    }
    return sum / static_cast<double>(onsets.size());
}

Status checkInput(std::span<const float> positions, std::span<const float> meanSpeeds,
                  std::span<const double> onsets) {
    const std::size_t frames = positions.size() / kPoseSize;
    if (frames <= static_cast<std::size_t>(2 * kBeatMargin))
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The motion has {} frames: beat consistency leaves 2 s out at "
                                 "either end and needs more than 4 s.",
                                 frames)};
    const bool valid = std::all_of(meanSpeeds.begin(), meanSpeeds.end(), [](float speed) {
        return std::isfinite(speed) && speed >= 0.0F;
    });
    if (meanSpeeds.size() != kJointCount || !valid)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("Mean joint speeds must be {} finite numbers, none of them "
                                 "negative; {} were given.",
                                 kJointCount, meanSpeeds.size())};
    if (onsets.empty())
        return Error{ErrorCode::InvalidInput,
                     "The sound has no onset between 2 s and the end of the motion: there is "
                     "nothing to be consistent with."};
    return Status::success();
}

} // namespace

std::vector<std::vector<double>> motionBeats(std::span<const float> positions,
                                             std::span<const float> meanSpeeds, MetricMode mode) {
    GESTURE_ASSERT(meanSpeeds.size() == kJointCount);
    const std::vector<float> speeds = jointSpeeds(positions, {30, 1});
    const std::size_t frames = speeds.size() / kJointCount;
    std::vector<std::vector<double>> beats(kBeatJoints.size());
    if (frames <= static_cast<std::size_t>(2 * kBeatMargin)) return beats;
    std::vector<float> speed(frames);
    for (std::size_t i = 0; i < kBeatJoints.size(); ++i) {
        const auto joint = static_cast<std::size_t>(kBeatJoints[i]);
        for (std::size_t frame = 0; frame < frames; ++frame)
            speed[frame] = speeds[frame * kJointCount + joint] / meanSpeeds[joint];
        beats[i] = beatsOf(speed, mode);
    }
    return beats;
}

Result<BeatScore> beatConsistency(std::span<const float> positions,
                                  std::span<const float> meanSpeeds, std::span<const double> onsets,
                                  MetricMode mode) {
    if (auto valid = checkInput(positions, meanSpeeds, onsets); !valid)
        return std::move(valid).error();
    BeatScore result;
    for (const std::vector<double>& beats : motionBeats(positions, meanSpeeds, mode))
        result.score += scoreOf(beats, onsets) / static_cast<double>(kBeatJoints.size());
    result.frames =
        static_cast<std::int64_t>(positions.size() / kPoseSize) - std::int64_t{2} * kBeatMargin;
    return result;
}

} // namespace gesture::metrics
