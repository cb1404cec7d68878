// SPDX-License-Identifier: Apache-2.0
#include "core/motion/rotation_blend.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gesture::motion {

namespace {

constexpr double kTinyAngle = 1e-12;
constexpr double kTurn = 2.0 * std::numbers::pi;

Eigen::Vector3d vectorOf(RotationVector vector) {
    return {static_cast<double>(vector[0]), static_cast<double>(vector[1]),
            static_cast<double>(vector[2])};
}

} // namespace

Eigen::Quaterniond rotationOf(RotationVector vector) { return exponential(vectorOf(vector)); }

Eigen::Vector3d logarithm(const Eigen::Quaterniond& rotation) {
    const Eigen::Vector3d imaginary =
        rotation.w() < 0.0 ? Eigen::Vector3d(-rotation.vec()) : Eigen::Vector3d(rotation.vec());
    const double sine = imaginary.norm();
    if (sine < kTinyAngle) return 2.0 * imaginary;
    return imaginary * (2.0 * std::atan2(sine, std::abs(rotation.w())) / sine);
}

Eigen::Quaterniond exponential(const Eigen::Vector3d& vector) {
    const double angle = vector.norm();
    if (angle < kTinyAngle) return Eigen::Quaterniond::Identity();
    const Eigen::Vector3d imaginary = vector * (std::sin(0.5 * angle) / angle);
    return {std::cos(0.5 * angle), imaginary.x(), imaginary.y(), imaginary.z()};
}

void storeNear(const Eigen::Quaterniond& rotation, RotationVector reference,
               std::span<float, 3> out) {
    Eigen::Vector3d vector = logarithm(rotation);
    const Eigen::Vector3d wanted = vectorOf(reference);
    const double angle = vector.norm();
    if (angle > kTinyAngle) {
        const Eigen::Vector3d axis = vector / angle;
        vector += kTurn * std::round((wanted.dot(axis) - angle) / kTurn) * axis;
    } else if (wanted.norm() > 0.5 * kTurn) {
        vector = kTurn * std::round(wanted.norm() / kTurn) * wanted.normalized();
    }
    std::ranges::copy(vector.cast<float>().eval(), out.begin());
}

void blendRotation(RotationVector from, RotationVector to, double share, std::span<float, 3> out) {
    if (share <= 0.0 || share >= 1.0) {
        std::ranges::copy(share <= 0.0 ? from : to, out.begin());
        return;
    }
    const Eigen::Quaterniond start = rotationOf(from);
    const Eigen::Vector3d way = logarithm(start.conjugate() * rotationOf(to));
    storeNear(start * exponential(share * way), share < 0.5 ? from : to, out);
}

} // namespace gesture::motion
