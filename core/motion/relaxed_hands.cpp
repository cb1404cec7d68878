// SPDX-License-Identifier: Apache-2.0
#include "core/motion/relaxed_hands.h"

#include <cstddef>
#include <numbers>

namespace gesture::motion {

namespace {

/// Degrees of flexion of index, middle, pinky, ring, phalanx by phalanx.
constexpr std::array<double, 12> kFlexion = {20, 35, 18, 26, 38, 20, 32, 30, 15, 30, 36, 20};
/// Degrees about x, y, z of the left thumb's three joints.
constexpr std::array<double, 9> kThumb = {35, 10, -5, 0, 10, 0, 10, 20, 0};

double radians(double degrees) { return degrees * std::numbers::pi / 180.0; }

} // namespace

HandMeans relaxedHands() {
    HandMeans hands;
    for (std::size_t joint = 0; joint < kFlexion.size(); ++joint) {
        const auto flexion = static_cast<float>(radians(kFlexion[joint]));
        hands.left[3 * joint + 2] = -flexion;
        hands.right[3 * joint + 2] = flexion;
    }
    constexpr std::size_t kThumbBegin = 3 * kFlexion.size();
    for (std::size_t i = 0; i < kThumb.size(); ++i) {
        const auto angle = static_cast<float>(radians(kThumb[i]));
        hands.left[kThumbBegin + i] = angle;
        hands.right[kThumbBegin + i] = i % 3 == 0 ? angle : -angle;
    }
    return hands;
}

} // namespace gesture::motion
