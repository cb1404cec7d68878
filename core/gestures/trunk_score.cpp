// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/trunk_score.h"

#include "core/gestures/arm_score.h"
#include "core/gestures/least_jerk_track.h"
#include "core/gestures/lexicon.h"
#include "core/motion/keyframes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace gesture::gestures {

namespace {

constexpr double kTurn = 2.0 * std::numbers::pi;
constexpr double kHeadSize = 1.5;         ///< Real speakers' heads move more than one would draw.
constexpr double kTurnToHand = 4.0;       ///< Degrees of the trunk towards the active hand.
constexpr double kHeadTurnsBack = 0.7;    ///< Share of the trunk's turn that the head takes back.
constexpr double kMostHeadDegrees = 22.0; ///< What sums of movements approach.

/// A rise from 0 at `begin` to 1 at `peak` and back to 0 at `end`.
struct Swell {
    double begin;
    double peak;
    double end;

    [[nodiscard]] double at(double t) const {
        return motion::pulse(static_cast<float>(t), static_cast<float>(peak),
                             static_cast<float>(peak - begin), static_cast<float>(end - peak));
    }
};

double signOf(Side side) { return side == Side::Left ? 1.0 : -1.0; }

void addBeat(const GestureEvent& event, const SpeakerStyle& style, double t, TrunkPose& pose) {
    const double apex = event.apex.value;
    const double nod = std::clamp(0.6 + 0.3 * event.prominence, 0.3, 1.2);
    pose.head.x() +=
        kHeadSize * style.nodDegrees * nod * Swell{apex - 0.15, apex + 0.02, apex + 0.40}.at(t);
    const double size = style.amplitude * std::clamp(0.75 + 0.25 * event.prominence, 0.5, 1.3);
    pose.spine.x() += 0.8 * size * Swell{apex - 0.2, apex, apex + 0.5}.at(t);
}

void addHeadMove(HeadMove move, double swell, double sinceStroke, double toDominant,
                 TrunkPose& pose) {
    const double head = kHeadSize * swell;
    switch (move) {
    case HeadMove::None:
        return;
    case HeadMove::Nod:
        pose.head.x() += 7.0 * head;
        return;
    case HeadMove::DoubleNod:
        pose.head.x() += 4.8 * head * (1.0 - std::cos(kTurn * 2.8 * sinceStroke));
        return;
    case HeadMove::Shake:
        pose.head.y() += 9.0 * head * std::sin(kTurn * 2.2 * sinceStroke);
        return;
    case HeadMove::Tilt:
        pose.head.z() += 9.0 * swell;
        pose.shrug += 11.0 * swell;
        return;
    case HeadMove::Turn:
        pose.head.y() += toDominant * 14.0 * swell;
        return;
    case HeadMove::Up:
        pose.head.x() -= 8.0 * swell;
        return;
    case HeadMove::Down:
    case HeadMove::Lean:
        pose.head.x() += 8.0 * swell;
        pose.spine.x() += 2.0 * swell;
        return;
    case HeadMove::Sway:
        pose.spine.z() += 2.0 * swell;
        return;
    }
}

void addGesture(const GestureEvent& event, const SpeakerStyle& style, double t, TrunkPose& pose) {
    const double begin = event.strokeBegin.value;
    const Swell swell{begin - 0.1, event.strokeEnd.value, event.holdEnd.value + 0.4};
    const double size = swell.at(t);
    if (size > 0.0)
        addHeadMove(lexicon()[*event.entry].head, size, t - begin, signOf(style.dominant), pose);
}

/// Degrees to the left, over time.
LeastJerkTrack<1> turnsToHand(std::span<const GestureEvent> events, const SpeakerStyle& style) {
    using Degrees = LeastJerkTrack<1>::Vector;
    LeastJerkTrack<1> turn(Degrees::Zero());
    for (std::size_t i = 0; i < events.size(); ++i) {
        const GestureEvent& event = events[i];
        const double hold = event.holdEnd.value;
        const double next = i + 1 < events.size() ? events[i + 1].prepared.value
                                                  : std::numeric_limits<double>::infinity();
        const double degrees = event.bothHands ? 0.0 : kTurnToHand * signOf(style.dominant);
        const double begin = std::min(event.prepared.value, event.strokeEnd.value - 0.5);
        turn.move(begin, event.strokeEnd.value + 0.1, Degrees(degrees));
        if (next - hold > 0.5) turn.move(hold, hold + 0.7, Degrees(0.0));
    }
    return turn;
}

/// Keeps sums of many movements within what necks do, without a corner.
double limited(double degrees) { return kMostHeadDegrees * std::tanh(degrees / kMostHeadDegrees); }

} // namespace

std::vector<TrunkPose> scoreTrunk(std::span<const GestureEvent> events, const SpeakerStyle& style,
                                  std::size_t frames) {
    constexpr double kAround = 1.5; // Seconds that an event's movements last at most.
    const LeastJerkTrack<1> turn = turnsToHand(events, style);
    std::vector<TrunkPose> poses(frames);
    std::size_t first = 0;
    for (std::size_t i = 0; i < frames; ++i) {
        const double t = static_cast<double>(i) / kFramesPerSecond;
        TrunkPose& pose = poses[i];
        while (first < events.size() && events[first].holdEnd.value + kAround < t)
            ++first;
        for (std::size_t e = first; e < events.size() && events[e].prepared.value < t + kAround;
             ++e) {
            if (events[e].entry)
                addGesture(events[e], style, t, pose);
            else
                addBeat(events[e], style, t, pose);
        }
        const double yaw = turn.at(t)[0];
        pose.spine.y() += yaw;
        pose.head.y() -= kHeadTurnsBack * yaw;
        pose.head = pose.head.unaryExpr(&limited);
    }
    return poses;
}

} // namespace gesture::gestures
