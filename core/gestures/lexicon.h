// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/gestures/hand_shape.h"

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::gestures {

enum class Hands : std::uint8_t { Dominant, Both };

/// How the hand goes from where it is prepared to the apex.
enum class StrokePath : std::uint8_t { Line, Arc, Fast, Slow, Circle, Chop };

/// What the head does meanwhile.
enum class HeadMove : std::uint8_t {
    None,
    Nod,
    DoubleNod,
    Shake,
    Tilt,
    Turn,
    Up,
    Down,
    Lean,
    Sway
};

enum class PalmFacing : std::uint8_t { In, Out, Up, Down, Forward, Back };
[[nodiscard]] Eigen::Vector3d directionOf(PalmFacing palm);

/// A gesture that goes with certain words. Places are those of ArmControl::wrist.
struct LexiconGesture {
    std::string_view name;
    std::vector<std::string_view> words; ///< Lower case.
    Hands hands = Hands::Dominant;
    Eigen::Vector3d preparation = Eigen::Vector3d::Zero();
    Eigen::Vector3d apex = Eigen::Vector3d::Zero();
    PalmFacing palm = PalmFacing::In;
    double flexion = 0.0; ///< Of the wrist at the apex, degrees.
    HandShapeName hand = HandShapeName::Flat;
    StrokePath path = StrokePath::Line;
    float score = 0.0F; ///< How much it means: .3-.4 deictic, .5-.7 iconic, .8-1 metaphoric.
    HeadMove head = HeadMove::None;
    double swivel = 0.0; ///< Of the elbow at the apex, see ArmControl.
    /// Added to preparation and apex of the hand that is not dominant.
    Eigen::Vector3d otherHand = Eigen::Vector3d::Zero();
};

/// The gestures in their fixed order: what numbers of gestures refer to. Immutable.
[[nodiscard]] std::span<const LexiconGesture> lexicon();

/// The gesture of a word (any case, with or without punctuation around it).
[[nodiscard]] std::optional<std::size_t> gestureOfWord(std::string_view word);

/// Letters of a word in lower case (ASCII), with apostrophes inside it: what words are compared by.
[[nodiscard]] std::string plainWord(std::string_view word);

} // namespace gesture::gestures
