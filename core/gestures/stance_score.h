// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/counter_random.h"
#include "core/gestures/speaker_style.h"
#include "core/gestures/spoken.h"

#include <Eigen/Core>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace gesture::gestures {

/// Where pelvis and feet are in a frame, metres from where they stand at first.
struct StancePose {
    double shift = 0.0;   ///< Of the pelvis to the left, before it follows the feet.
    double forward = 0.0; ///< Of the pelvis.
    /// Of the ankles by Side: x to the left, y up, z forwards.
    std::array<Eigen::Vector3d, 2> feet = {Eigen::Vector3d::Zero(), Eigen::Vector3d::Zero()};
    std::array<bool, 2> planted = {true, true}; ///< By Side.
};

/// Weight goes to the other leg when somebody speaks again after an audible pause; at one in four
/// of these shifts the free foot makes a step, and at its next one steps back. Which, and how far,
/// comes from `random`; nothing else does.
[[nodiscard]] std::vector<StancePose> scoreStance(std::span<const TimeSpan> sentences,
                                                  const SpeakerStyle& style, CounterRandom random,
                                                  std::size_t frames);

} // namespace gesture::gestures
