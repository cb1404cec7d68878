// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/hand_shape.h"

#include <algorithm>
#include <cstddef>
#include <numbers>

namespace gesture::gestures {

namespace {

constexpr double kRadians = std::numbers::pi / 180.0;

// thumb index middle ring pinky, spread, opposition
constexpr std::array<HandShape, 11> kShapes = {{
    {0.20, 0.22, 0.28, 0.33, 0.36, 0.1, 0.3},   // relaxed
    {0.00, 0.00, 0.00, 0.00, 0.00, 0.0, 0.0},   // flat
    {0.00, 0.04, 0.04, 0.06, 0.08, 0.8, -0.2},  // open
    {0.55, 0.00, 0.90, 0.95, 0.95, 0.0, 0.6},   // point
    {0.60, 0.00, 0.00, 0.95, 0.95, 0.6, 0.8},   // two
    {0.70, 0.00, 0.00, 0.00, 0.95, 0.5, 0.9},   // three
    {0.35, 0.45, 0.60, 0.70, 0.75, 0.1, 0.9},   // pinch
    {0.40, 0.50, 0.10, 0.05, 0.05, 0.5, 0.9},   // ring
    {0.70, 0.95, 0.95, 0.95, 0.95, 0.0, 0.7},   // fist
    {-0.20, 0.95, 0.95, 0.95, 0.95, 0.0, -0.4}, // thumb
    {0.15, 0.25, 0.25, 0.28, 0.30, 0.4, 0.3},   // cup
}};

/// Degrees that a fully bent finger's three joints turn, and how far each finger spreads.
constexpr std::array<double, 3> kFlexion = {70.0, 95.0, 60.0};
constexpr std::array<double, 4> kSpread = {12.0, 3.6, -12.0, -4.8}; // index middle pinky ring

Eigen::Vector3f rotation(double x, double y, double z) {
    return (kRadians * Eigen::Vector3d(x, y, z)).cast<float>();
}

} // namespace

const HandShape& handShape(HandShapeName name) { return kShapes[static_cast<std::size_t>(name)]; }

std::array<Eigen::Vector3f, 15> fingerRotations(const HandShape& shape) {
    const std::array<double, 4> curls = {shape.index, shape.middle, shape.pinky, shape.ring};
    std::array<Eigen::Vector3f, 15> joints;
    for (std::size_t finger = 0; finger < curls.size(); ++finger) {
        const double curl = curls[finger];
        // A bent finger cannot be spread.
        const double spread = shape.spread * kSpread[finger] * (1.0 - std::clamp(curl, 0.0, 1.0));
        for (std::size_t i = 0; i < 3; ++i)
            joints[3 * finger + i] = rotation(0.0, i == 0 ? -spread : 0.0, -kFlexion[i] * curl);
    }
    joints[12] = rotation(25.0 * shape.opposition, 30.0 * shape.opposition, -20.0 * shape.thumb);
    joints[13] = rotation(0.0, 40.0 * shape.thumb, 0.0);
    joints[14] = rotation(0.0, 60.0 * shape.thumb, 0.0);
    return joints;
}

} // namespace gesture::gestures
