// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>

namespace gesture::gestures {

/// How far the fingers are bent (0 straight .. 1 fist), spread (-1..1), and the thumb turned
/// against them (0..1). Value type.
struct HandShape {
    double thumb = 0.0;
    double index = 0.0;
    double middle = 0.0;
    double ring = 0.0;
    double pinky = 0.0;
    double spread = 0.0;
    double opposition = 0.0;
};
inline constexpr int kHandShapeSize = 7;

enum class HandShapeName : std::uint8_t {
    Relaxed,
    Flat,
    Open,
    Point,
    Two,
    Three,
    Pinch,
    Ring,
    Fist,
    Thumb,
    Cup,
};
[[nodiscard]] const HandShape& handShape(HandShapeName name);

/// Rotation vectors, radians, of the left hand's joints in SMPL-X's order (index, middle, pinky,
/// ring, thumb), from straight fingers; the body model's mean hand is not taken off.
[[nodiscard]] std::array<Eigen::Vector3f, 15> fingerRotations(const HandShape& shape);

} // namespace gesture::gestures
