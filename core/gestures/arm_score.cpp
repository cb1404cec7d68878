// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/arm_score.h"

#include "core/gestures/least_jerk_track.h"
#include "core/gestures/lexicon.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace gesture::gestures {

namespace {

using Eigen::Vector3d;
using ArmTrack = LeastJerkTrack<kArmControlSize>;

const Vector3d kHomePalm(-0.6, -0.6, 0.2); // inwards and down
const Vector3d kRestPalm(-0.9, -0.1, -0.4);
const Vector3d kOpenPalm(-0.5, 0.1, 0.5); ///< Of beats with both hands.
constexpr double kBeatSize = 1.2;         ///< Real speakers' beats are larger than one would draw.
constexpr double kPassiveHand = 0.3;      ///< Share of a beat that the hand makes that rests.
constexpr double kLongGap = 0.75;         ///< Seconds to the next event that let hands recoil.

ArmControl relaxedAt(const Vector3d& wrist, const Vector3d& palm) {
    return {wrist, palm, 0.0, handShape(HandShapeName::Relaxed), 0.0};
}

/// A circle that is drawn around the apex while it lasts.
struct Circle {
    double begin;
    double end;

    [[nodiscard]] Vector3d at(double seconds) const {
        constexpr double kRadius = 0.11; // arm lengths
        constexpr double kPeriod = 0.42; // seconds
        if (seconds <= begin || seconds >= end) return Vector3d::Zero();
        const double size =
            kRadius * std::min({1.0, (seconds - begin) / 0.10, (end - seconds) / 0.12});
        const double phase = 2.0 * std::numbers::pi * (seconds - begin) / kPeriod;
        return {size * std::sin(phase), size * std::cos(phase), 0.0};
    }
};

/// Moves the arms through the events, one after the other.
class ArmScore {
public:
    explicit ArmScore(const SpeakerStyle& style)
        : style_(style)
        , home_(relaxedAt(style.home, kHomePalm))
        , rest_(relaxedAt(style.rest, kRestPalm))
        , tracks_{ArmTrack(vectorOf(rest_)), ArmTrack(vectorOf(rest_))} {}

    void add(const GestureEvent& event, double secondsToNext) {
        if (event.entry)
            addGesture(event, secondsToNext);
        else
            addBeat(event, secondsToNext);
        constexpr double kRestAfter = 1.5;
        const double hold = event.holdEnd.value;
        if (event.apex.value + secondsToNext - hold > kRestAfter)
            for (ArmTrack& track : tracks_)
                track.move(hold + 0.45, hold + 1.15, vectorOf(rest_));
    }

    [[nodiscard]] ArmControls sampled(std::size_t frames) const {
        ArmControls controls;
        for (std::size_t side = 0; side < controls.size(); ++side) {
            for (std::size_t i = 0; i < frames; ++i) {
                const double t = static_cast<double>(i) / kFramesPerSecond;
                ArmVector arm = tracks_[side].at(t);
                for (const Circle& circle : circles_[side])
                    arm.segment<3>(kWristPlace) += circle.at(t);
                controls[side].push_back(arm);
            }
        }
        return controls;
    }

private:
    [[nodiscard]] ArmTrack& track(Side side) { return tracks_[static_cast<std::size_t>(side)]; }

    void addBeat(const GestureEvent& event, double secondsToNext) {
        const double full =
            kBeatSize * style_.amplitude * std::clamp(0.75 + 0.25 * event.prominence, 0.5, 1.3);
        const double apex = event.apex.value;
        for (const Side side : {Side::Left, Side::Right}) {
            const bool active = side == style_.dominant || event.bothHands;
            const double size = active ? full : kPassiveHand * full;
            ArmControl up = home_;
            up.wrist += size * Vector3d(0.03, 0.17, 0.03);
            up.flexion -= 14.0 * size;
            ArmControl down = home_;
            down.wrist += size * Vector3d(0.05, -0.06, 0.10);
            down.flexion += 12.0 * size;
            if (event.bothHands) down.palm = kOpenPalm;
            ArmControl recoil = home_;
            recoil.wrist += size * Vector3d(0.03, -0.02, 0.05);
            track(side).move(event.prepared.value, event.strokeBegin.value, vectorOf(up));
            track(side).move(event.strokeBegin.value, apex, vectorOf(down));
            if (secondsToNext > kLongGap)
                track(side).move(event.holdEnd.value, event.holdEnd.value + 0.36, vectorOf(recoil));
        }
    }

    void addGesture(const GestureEvent& event, double secondsToNext) {
        const LexiconGesture& gesture = lexicon()[*event.entry];
        for (const Side side : {Side::Left, Side::Right}) {
            if (gesture.hands == Hands::Both || side == style_.dominant) {
                addStroke(event, gesture, side);
            } else {
                ArmControl waiting = home_;
                waiting.wrist.y() -= 0.06;
                track(side).move(event.prepared.value, event.strokeBegin.value + 0.05,
                                 vectorOf(waiting));
            }
            constexpr double kHomeGap = 0.60;
            const double hold = event.holdEnd.value;
            if (event.apex.value + secondsToNext - hold > kHomeGap)
                track(side).move(hold, hold + 0.42, vectorOf(home_));
        }
    }

    void addStroke(const GestureEvent& event, const LexiconGesture& gesture, Side side) {
        const double begin = event.strokeBegin.value;
        const double end = event.strokeEnd.value;
        const ArmControl apex = apexOf(*event.entry, side, style_);
        ArmControl ready = apex;
        ready.wrist += gesturePlace(gesture.preparation - gesture.apex);
        ready.flexion *= 0.3;
        ready.swivel = 0.0;
        const bool opens = gesture.path == StrokePath::Arc && gesture.palm == PalmFacing::Up;
        if (opens) ready.palm = Vector3d(-0.3, -0.9, 0.0);
        track(side).move(event.prepared.value, begin, vectorOf(ready));
        const ArmVector target = vectorOf(apex);
        if (gesture.path == StrokePath::Chop) {
            ArmVector lifted = target;
            lifted[kWristPlace + 1] += 0.10;
            track(side).move(begin, end - 0.08, target);
            track(side).move(end, end + 0.14, lifted);
            track(side).move(end + 0.16, end + 0.30, target);
            return;
        }
        ArmVector arc = ArmVector::Zero();
        if (gesture.path == StrokePath::Arc) arc.segment<3>(kWristPlace) << 0.0, 0.10, 0.06;
        track(side).move(begin, end, target, arc);
        if (gesture.path == StrokePath::Circle)
            circles_[static_cast<std::size_t>(side)].push_back({begin, event.holdEnd.value});
    }

    /// Lively speakers gesture a little larger.
    [[nodiscard]] Vector3d gesturePlace(const Vector3d& place) const {
        return (0.92 + 0.08 * style_.amplitude) * place;
    }

    const SpeakerStyle& style_;
    ArmControl home_;
    ArmControl rest_;
    std::array<ArmTrack, 2> tracks_;
    std::array<std::vector<Circle>, 2> circles_;
};

} // namespace

ArmControl apexOf(std::size_t entry, Side side, const SpeakerStyle& style) {
    const LexiconGesture& gesture = lexicon()[entry];
    Vector3d place = gesture.apex;
    if (side != style.dominant) place += gesture.otherHand;
    return {(0.92 + 0.08 * style.amplitude) * place, directionOf(gesture.palm), gesture.flexion,
            handShape(gesture.hand), gesture.swivel};
}

ArmControls scoreArms(std::span<const GestureEvent> events, const SpeakerStyle& style,
                      std::size_t frames) {
    ArmScore score(style);
    for (std::size_t i = 0; i < events.size(); ++i) {
        const double next = i + 1 < events.size() ? events[i + 1].apex.value - events[i].apex.value
                                                  : std::numeric_limits<double>::infinity();
        score.add(events[i], next);
    }
    return score.sampled(frames);
}

} // namespace gesture::gestures
