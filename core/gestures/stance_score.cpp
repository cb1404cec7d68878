// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/stance_score.h"

#include "core/gestures/arm_score.h"
#include "core/gestures/least_jerk_track.h"

#include <algorithm>

namespace gesture::gestures {

namespace {

using Eigen::Vector3d;
using Metres = LeastJerkTrack<1>::Vector;

constexpr double kShift = 0.022 * 1.5; ///< Metres to each side.
constexpr double kShiftSeconds = 1.2;
constexpr double kShiftLead = 0.5;  ///< Begins so long before the voice does.
constexpr double kLeastPause = 0.5; ///< Seconds that can be heard as a pause.
constexpr double kLeastBetween = 3.0;
constexpr double kStepSeconds = 0.45;
constexpr double kStepHeight = 0.05; ///< metres
constexpr int kShiftsPerStep = 4;

struct Step {
    Side foot;
    double begin;
};

/// Moves pelvis and feet from shift to shift.
class StanceScore {
public:
    StanceScore(const SpeakerStyle& style, CounterRandom random)
        : side_(style.dominant == Side::Left ? 1.0 : -1.0)
        , size_(kShift * style.sway)
        , random_(random)
        , untilStep_(static_cast<int>(random_.below(kShiftsPerStep)))
        , pelvis_(Metres(side_ * size_))
        , forward_(Metres(0.0)) {}

    void shiftAt(double seconds) {
        side_ = -side_;
        const double begin = std::max(0.0, seconds - kShiftLead);
        if (untilStep_ == 0) step(begin + 0.55 * kShiftSeconds);
        untilStep_ = untilStep_ == 0 ? kShiftsPerStep - 1 : untilStep_ - 1;
        pelvis_.move(begin, begin + kShiftSeconds,
                     Metres(side_ * size_ + 0.5 * (place_[0].x() + place_[1].x())));
    }

    [[nodiscard]] StancePose at(double seconds) const {
        StancePose pose;
        pose.shift = pelvis_.at(seconds)[0];
        pose.forward = forward_.at(seconds)[0];
        for (std::size_t foot = 0; foot < feet_.size(); ++foot)
            pose.feet[foot] = feet_[foot].at(seconds);
        for (const Step& step : steps_)
            if (seconds > step.begin && seconds < step.begin + kStepSeconds)
                pose.planted[static_cast<std::size_t>(step.foot)] = false;
        return pose;
    }

private:
    /// The leg without weight goes 8 to 14 cm out and forwards, or back to where it stood.
    void step(double begin) {
        const Side foot = side_ > 0.0 ? Side::Right : Side::Left;
        const auto index = static_cast<std::size_t>(foot);
        Vector3d& place = place_[index];
        const double length = 0.08 + 0.06 * random_.uniform();
        const double outwards = 0.3 + 0.4 * random_.uniform();
        const double out = foot == Side::Left ? 1.0 : -1.0;
        place = place.isZero() ? Vector3d(Vector3d(out * outwards, 0.0, 1.0).normalized() * length)
                               : Vector3d::Zero();
        feet_[index].move(begin, begin + kStepSeconds, place, {0.0, kStepHeight, 0.0});
        forward_.move(begin, begin + kShiftSeconds, Metres(0.5 * (place_[0].z() + place_[1].z())));
        steps_.push_back({foot, begin});
    }

    double side_; ///< 1: the weight is on the left leg, -1: on the right one.
    double size_;
    CounterRandom random_;
    int untilStep_;
    LeastJerkTrack<1> pelvis_;
    LeastJerkTrack<1> forward_;
    std::array<LeastJerkTrack<3>, 2> feet_ = {LeastJerkTrack<3>(Vector3d::Zero()),
                                              LeastJerkTrack<3>(Vector3d::Zero())};
    std::array<Vector3d, 2> place_ = {Vector3d::Zero(), Vector3d::Zero()};
    std::vector<Step> steps_;
};

} // namespace

std::vector<StancePose> scoreStance(std::span<const TimeSpan> sentences, const SpeakerStyle& style,
                                    CounterRandom random, std::size_t frames) {
    StanceScore score(style, random);
    double lastShift = 0.0;
    double lastEnd = -kLeastPause;
    for (const TimeSpan& sentence : sentences) {
        const double begin = sentence.begin.value;
        const bool afterPause = begin - lastEnd > kLeastPause;
        if (afterPause && begin - lastShift > kLeastBetween) {
            score.shiftAt(begin);
            lastShift = begin;
        }
        lastEnd = sentence.end.value;
    }
    std::vector<StancePose> poses;
    poses.reserve(frames);
    for (std::size_t i = 0; i < frames; ++i)
        poses.push_back(score.at(static_cast<double>(i) / kFramesPerSecond));
    return poses;
}

} // namespace gesture::gestures
