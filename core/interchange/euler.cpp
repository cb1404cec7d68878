// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/euler.h"

#include <cmath>
#include <numbers>

namespace gesture::interchange {

namespace {

constexpr double kDegrees = 180.0 / std::numbers::pi;
constexpr double kTurn = 360.0;
constexpr double kHalfTurn = 180.0;
/// Cosine of the middle angle below which the outer two are one: less than rounding in float.
constexpr double kLocked = 1e-6;

double radians(double degrees) { return degrees / kDegrees; }

Eigen::Vector3d anglesXyz(const Eigen::Matrix3d& m, double previousZ) {
    const double cosine = std::hypot(m(0, 0), m(1, 0));
    const double y = std::atan2(-m(2, 0), cosine);
    if (cosine > kLocked)
        return Eigen::Vector3d(std::atan2(m(2, 1), m(2, 2)), y, std::atan2(m(1, 0), m(0, 0))) *
               kDegrees;
    const double z = radians(previousZ);
    const double x = y > 0 ? z + std::atan2(m(0, 1), m(1, 1)) : std::atan2(-m(0, 1), m(1, 1)) - z;
    return Eigen::Vector3d(x, y, z) * kDegrees;
}

Eigen::Vector3d anglesZxy(const Eigen::Matrix3d& m, double previousZ) {
    const double cosine = std::hypot(m(0, 1), m(1, 1));
    const double x = std::atan2(m(2, 1), cosine);
    if (cosine > kLocked)
        return Eigen::Vector3d(x, std::atan2(-m(2, 0), m(2, 2)), std::atan2(-m(0, 1), m(1, 1))) *
               kDegrees;
    const double z = radians(previousZ);
    const double both = std::atan2(m(1, 0), m(0, 0));
    return Eigen::Vector3d(x, x > 0 ? both - z : z - both, z) * kDegrees;
}

/// Whole turns are added until each angle is as near as can be.
Eigen::Vector3d turnedNear(const Eigen::Vector3d& angles, const Eigen::Vector3d& previous) {
    const Eigen::Vector3d turns = ((previous - angles) / kTurn).array().round();
    return angles + turns * kTurn;
}

} // namespace

Eigen::Vector3d eulerDegrees(const Eigen::Quaterniond& rotation, EulerOrder order,
                             const Eigen::Vector3d& previous) {
    const Eigen::Matrix3d m = rotation.toRotationMatrix();
    const bool xyz = order == EulerOrder::Xyz;
    const Eigen::Vector3d angles = xyz ? anglesXyz(m, previous.z()) : anglesZxy(m, previous.z());
    // The same rotation with the middle angle on the other side of a right one.
    Eigen::Vector3d other = angles.array() + kHalfTurn;
    const Eigen::Index middle = xyz ? 1 : 0;
    other[middle] = kHalfTurn - angles[middle];
    const Eigen::Vector3d near = turnedNear(angles, previous);
    const Eigen::Vector3d far = turnedNear(other, previous);
    return (near - previous).squaredNorm() <= (far - previous).squaredNorm() ? near : far;
}

} // namespace gesture::interchange
