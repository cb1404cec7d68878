// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <span>

namespace gesture::metrics {

/// How restless a motion is; means over its frames. Compared with a reference's: 1 is as calm.
struct Jitter {
    double wristAcceleration = 0.0; ///< m/s^2, both wrists relative to spine3
    double wristJerk = 0.0;         ///< m/s^3, of the same
    double headSpeed = 0.0;         ///< m/s, in the world
};

/// Differences from frame to frame of positions (frames, 55, 3) in metres; 0 for what needs more
/// frames than there are (2 for speed, 3 for acceleration, 4 for jerk).
[[nodiscard]] Jitter jitterOf(std::span<const float> positions, FrameRate rate);

/// How far ankles slide over the ground while they stand.
struct FootSlide {
    double centimetresPerSecond = 0.0; ///< Mean horizontal speed; 0 when no ankle stands.
    std::int64_t standing = 0;         ///< Frames of both ankles that counted.
};

/// `positions` (frames, 55, 3) metres, y up; `contacts` (frames, 4) as motion::footContacts: an
/// ankle stands from a frame to the next when its contact is above 0.5.
[[nodiscard]] FootSlide footSlide(std::span<const float> positions, std::span<const float> contacts,
                                  FrameRate rate);

} // namespace gesture::metrics
