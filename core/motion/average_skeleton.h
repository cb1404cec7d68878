// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/motion/skeleton.h"

#include <span>

namespace gesture::motion {

/// T-pose joints (55, 3), metres, of an adult of 1.73 m (the free avatar's), for motion that is
/// made without a body at hand: faces +z, left is +x, the soles are at `kAverageSoleHeight`.
[[nodiscard]] std::span<const float, kPoseSize> averageRestJoints();

inline constexpr float kAverageSoleHeight = -1.3065F; ///< metres

} // namespace gesture::motion
