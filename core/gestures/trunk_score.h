// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/gestures/events.h"
#include "core/gestures/speaker_style.h"

#include <Eigen/Core>
#include <cstddef>
#include <span>
#include <vector>

namespace gesture::gestures {

/// What head, shoulders and spine do in a frame. Rotation vectors in degrees: x forwards (nod), y
/// to the left, z to the left side.
struct TrunkPose {
    Eigen::Vector3d head = Eigen::Vector3d::Zero();  ///< Of head and neck together.
    Eigen::Vector3d spine = Eigen::Vector3d::Zero(); ///< Of the three spine joints together.
    double shrug = 0.0;                              ///< Of the collar bones.
};

/// Nods, shakes and tilts with the gestures, leans with the beats, and a turn towards the hand that
/// gestures alone, against which the head turns back.
[[nodiscard]] std::vector<TrunkPose> scoreTrunk(std::span<const GestureEvent> events,
                                                const SpeakerStyle& style, std::size_t frames);

} // namespace gesture::gestures
