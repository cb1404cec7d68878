// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

namespace gesture::motion {

/// Relaxed hands that clips are relative to: (15, 3) axis-angle, radians, in the order index,
/// middle, pinky, ring, thumb.
struct HandMeans {
    std::array<float, 45> left{};
    std::array<float, 45> right{};
};
[[nodiscard]] HandMeans relaxedHands();

} // namespace gesture::motion
