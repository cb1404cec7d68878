// SPDX-License-Identifier: Apache-2.0
#include "core/base/rotation.h"

#include <algorithm>
#include <cmath>

namespace gesture {

namespace {

constexpr float kSmallAngle = 1e-6F;        ///< Below it sin(a/2)/a is taken from its series.
constexpr float kNormalizeEpsilon = 1e-12F; ///< Lower bound of a norm that divides.

float norm(float x, float y, float z) { return std::sqrt(x * x + y * y + z * z); }

/// sin(angle / 2) / angle.
float sinHalfOverAngle(float angle, float half) {
    if (std::abs(angle) < kSmallAngle) return 0.5F - angle * angle / 48.0F;
    return std::sin(half) / angle;
}

/// Half the square root of the positive part, with the sign of `sign` (0 counts as positive).
float halfRoot(float square, float sign) {
    const float root = 0.5F * (square > 0.0F ? std::sqrt(square) : 0.0F);
    return sign < 0.0F ? -root : root;
}

Eigen::Vector3f normalized(const Eigen::Vector3f& v) {
    return v / std::max(norm(v.x(), v.y(), v.z()), kNormalizeEpsilon);
}

} // namespace

Eigen::Quaternionf quaternionFromAxisAngle(const AxisAngle& rotation) {
    const float angle = norm(rotation.x(), rotation.y(), rotation.z());
    const float half = 0.5F * angle;
    const float scale = sinHalfOverAngle(angle, half);
    return {std::cos(half), rotation.x() * scale, rotation.y() * scale, rotation.z() * scale};
}

Eigen::Matrix3f matrixFromQuaternion(const Eigen::Quaternionf& quaternion) {
    const float r = quaternion.w();
    const float i = quaternion.x();
    const float j = quaternion.y();
    const float k = quaternion.z();
    const float twoS = 2.0F / (r * r + i * i + j * j + k * k);
    Eigen::Matrix3f matrix;
    matrix << 1 - twoS * (j * j + k * k), twoS * (i * j - k * r), twoS * (i * k + j * r),
        twoS * (i * j + k * r), 1 - twoS * (i * i + k * k), twoS * (j * k - i * r),
        twoS * (i * k - j * r), twoS * (j * k + i * r), 1 - twoS * (i * i + j * j);
    return matrix;
}

Eigen::Matrix3f matrixFromAxisAngle(const AxisAngle& rotation) {
    return matrixFromQuaternion(quaternionFromAxisAngle(rotation));
}

Eigen::Quaternionf quaternionFromMatrix(const Eigen::Matrix3f& rotation) {
    const float m00 = rotation(0, 0);
    const float m11 = rotation(1, 1);
    const float m22 = rotation(2, 2);
    const float w = halfRoot(1 + m00 + m11 + m22, 1.0F);
    const float x = halfRoot(1 + m00 - m11 - m22, rotation(2, 1) - rotation(1, 2));
    const float y = halfRoot(1 - m00 + m11 - m22, rotation(0, 2) - rotation(2, 0));
    const float z = halfRoot(1 - m00 - m11 + m22, rotation(1, 0) - rotation(0, 1));
    return {w, x, y, z};
}

AxisAngle axisAngleFromQuaternion(const Eigen::Quaternionf& quaternion) {
    const float length = norm(quaternion.x(), quaternion.y(), quaternion.z());
    const float half = std::atan2(length, quaternion.w());
    const float scale = sinHalfOverAngle(2.0F * half, half);
    return {quaternion.x() / scale, quaternion.y() / scale, quaternion.z() / scale};
}

AxisAngle axisAngleFromMatrix(const Eigen::Matrix3f& rotation) {
    return axisAngleFromQuaternion(quaternionFromMatrix(rotation));
}

Rotation6d rotation6dFromMatrix(const Eigen::Matrix3f& rotation) {
    return {rotation(0, 0), rotation(0, 1), rotation(0, 2),
            rotation(1, 0), rotation(1, 1), rotation(1, 2)};
}

Eigen::Matrix3f matrixFromRotation6d(const Rotation6d& rotation) {
    const Eigen::Vector3f a1(rotation[0], rotation[1], rotation[2]);
    const Eigen::Vector3f a2(rotation[3], rotation[4], rotation[5]);
    const Eigen::Vector3f b1 = normalized(a1);
    const float along = b1.x() * a2.x() + b1.y() * a2.y() + b1.z() * a2.z();
    const Eigen::Vector3f b2 = normalized(a2 - along * b1);
    Eigen::Matrix3f matrix;
    matrix.row(0) = b1;
    matrix.row(1) = b2;
    matrix.row(2) = b1.cross(b2);
    return matrix;
}

Eigen::Matrix3f rodriguesMatrix(const AxisAngle& rotation) {
    constexpr float kEpsilon = 1e-8F;
    const float angle =
        norm(rotation.x() + kEpsilon, rotation.y() + kEpsilon, rotation.z() + kEpsilon);
    if (angle == 0.0F) return Eigen::Matrix3f::Identity();
    const Eigen::Vector3f axis = rotation / angle;
    Eigen::Matrix3f cross;
    cross << 0.0F, -axis.z(), axis.y(), axis.z(), 0.0F, -axis.x(), -axis.y(), axis.x(), 0.0F;
    return Eigen::Matrix3f::Identity() + std::sin(angle) * cross +
           (1.0F - std::cos(angle)) * (cross * cross);
}

} // namespace gesture
