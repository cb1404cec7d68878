// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/motion/skeleton.h"

#include <optional>
#include <span>

namespace gesture::gestures {

/// A joint that is turned further than people's are.
struct JointExcess {
    int joint = 0;
    float degrees = 0.0F; ///< How far it is turned in all.
    float limit = 0.0F;
};

/// The largest angle of a joint from the T-pose that gestures may need, degrees.
[[nodiscard]] float jointLimit(int joint);

/// The joint of a pose (55, 3) that exceeds its limit most; nothing when none does. Elbows and
/// knees that bend the wrong way exceed a limit of 0. Finger angles are relative to the body's mean
/// hand.
[[nodiscard]] std::optional<JointExcess>
worstExcess(std::span<const float, motion::kPoseSize> pose);

} // namespace gesture::gestures
