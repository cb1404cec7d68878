// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <array>

namespace gesture {

/// Rotation vector: axis times angle, radians.
using AxisAngle = Eigen::Vector3f;

/// First two rows of the rotation matrix, row-major: [R00 R01 R02 R10 R11 R12].
using Rotation6d = std::array<float, 6>;

// Conversions with the formulas (and so the rounding) of the PyTorch3D version that SemTalk and
// EchoMask ship (utils/rotation_conversions.py): the networks were trained on their output, and
// newer formulas differ in the last bits and for small angles. All in float32, any thread.

[[nodiscard]] Eigen::Quaternionf quaternionFromAxisAngle(const AxisAngle& rotation);
/// Normalises by the squared norm; the quaternion need not be of unit length.
[[nodiscard]] Eigen::Matrix3f matrixFromQuaternion(const Eigen::Quaternionf& quaternion);
[[nodiscard]] Eigen::Matrix3f matrixFromAxisAngle(const AxisAngle& rotation);
[[nodiscard]] Eigen::Quaternionf quaternionFromMatrix(const Eigen::Matrix3f& rotation);
[[nodiscard]] AxisAngle axisAngleFromQuaternion(const Eigen::Quaternionf& quaternion);
[[nodiscard]] AxisAngle axisAngleFromMatrix(const Eigen::Matrix3f& rotation);
[[nodiscard]] Rotation6d rotation6dFromMatrix(const Eigen::Matrix3f& rotation);
/// Gram-Schmidt on the two rows.
[[nodiscard]] Eigen::Matrix3f matrixFromRotation6d(const Rotation6d& rotation);

/// Rodrigues' formula as the `smplx` package evaluates it (1e-8 added to each component before the
/// norm); the body model uses this one.
[[nodiscard]] Eigen::Matrix3f rodriguesMatrix(const AxisAngle& rotation);

} // namespace gesture
