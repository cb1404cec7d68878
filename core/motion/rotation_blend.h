// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <span>

namespace gesture::motion {

// Rotations on their way between poses, in double precision. Poses hold rotation vectors, of which
// many stand for the same rotation; what is computed is written as the one nearest to a reference,
// so that curves do not jump by a turn.

using RotationVector = std::span<const float, 3>;

[[nodiscard]] Eigen::Quaterniond rotationOf(RotationVector vector);
/// The rotation vector of up to half a turn.
[[nodiscard]] Eigen::Vector3d logarithm(const Eigen::Quaterniond& rotation);
[[nodiscard]] Eigen::Quaterniond exponential(const Eigen::Vector3d& vector);

/// Writes `rotation` as the rotation vector nearest to `reference` (which may be `out`).
void storeNear(const Eigen::Quaterniond& rotation, RotationVector reference,
               std::span<float, 3> out);

/// The way from `from` (share 0) to `to` (share 1) by the shorter arc, at even speed. Shares 0 and
/// 1 copy the bytes.
void blendRotation(RotationVector from, RotationVector to, double share, std::span<float, 3> out);

} // namespace gesture::motion
