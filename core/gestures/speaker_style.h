// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>

namespace gesture::gestures {

enum class Side : std::uint8_t { Left, Right };
[[nodiscard]] constexpr Side otherSide(Side side) {
    return side == Side::Left ? Side::Right : Side::Left;
}

/// How somebody gestures. Places are those of ArmControl::wrist. Value type.
struct SpeakerStyle {
    Side dominant = Side::Right;
    double amplitude = 1.0;
    Eigen::Vector3d home{0.08, -0.62, 0.46}; ///< Where hands are between gestures.
    Eigen::Vector3d rest{0.12, -0.92, 0.14}; ///< Where they hang while nothing is said.
    double bothHandsAbove = 0.6;             ///< Beats of more prominence are made with both hands.
    double nodDegrees = 5.0;
    double sway = 1.0; ///< Of the weight shifts.
};

/// The styles of the corpus's speakers, by their number.
[[nodiscard]] std::span<const SpeakerStyle> speakerStyles();

} // namespace gesture::gestures
