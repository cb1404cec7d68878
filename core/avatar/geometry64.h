// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <cmath>
#include <numbers>

namespace gesture::avatar {

/// (n, 3) float64, row-major: the builder computes in double and rounds once, at the end.
using Points64 = Eigen::Matrix<double, Eigen::Dynamic, 3, Eigen::RowMajor>;

[[nodiscard]] inline double radians(double degrees) { return degrees * std::numbers::pi / 180.0; }

/// Rotation matrix whose columns are a, b made perpendicular to a, and a x b, all of unit length.
[[nodiscard]] inline Eigen::Matrix3d frameOf(const Eigen::Vector3d& a, const Eigen::Vector3d& b) {
    Eigen::Matrix3d frame;
    frame.col(0) = a.normalized();
    frame.col(1) = (b - frame.col(0) * frame.col(0).dot(b)).normalized();
    frame.col(2) = frame.col(0).cross(frame.col(1));
    return frame;
}

/// Smallest rotation that takes direction a to direction b (not opposite to each other).
[[nodiscard]] inline Eigen::Matrix3d smallestRotation(const Eigen::Vector3d& a,
                                                      const Eigen::Vector3d& b) {
    return Eigen::Quaterniond::FromTwoVectors(a, b).toRotationMatrix();
}

[[nodiscard]] inline Eigen::Matrix3d rotationAbout(const Eigen::Vector3d& axis, double angle) {
    return Eigen::AngleAxisd(angle, axis.normalized()).toRotationMatrix();
}

} // namespace gesture::avatar
