// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/orbit_camera.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gesture::app {

namespace {

constexpr float kRadians = std::numbers::pi_v<float> / 180;
constexpr float kDegreesPerPixel = 0.4F;
constexpr float kSteepest = 89;
constexpr float kNearest = 0.25F;
constexpr float kFarthest = 60;
constexpr float kNearPlane = 0.05F;

} // namespace

Eigen::Vector3f OrbitCamera::forward() const {
    const float y = yaw * kRadians;
    const float p = pitch * kRadians;
    return {-std::sin(y) * std::cos(p), std::sin(p), -std::cos(y) * std::cos(p)};
}

Eigen::Vector3f OrbitCamera::right() const {
    const float y = yaw * kRadians;
    return {std::cos(y), 0, -std::sin(y)};
}

Eigen::Vector3f OrbitCamera::up() const {
    const float y = yaw * kRadians;
    const float p = pitch * kRadians;
    return {std::sin(y) * std::sin(p), std::cos(p), std::cos(y) * std::sin(p)};
}

Eigen::Vector3f OrbitCamera::eye() const {
    return target - distance * forward();
}

float OrbitCamera::metresPerPixel(const QSizeF& view) const {
    const auto height = static_cast<float>(std::max(view.height(), 1.0));
    return 2 * distance * std::tan(verticalFieldOfView * kRadians / 2) / height;
}

std::optional<QPointF> OrbitCamera::project(const Eigen::Vector3f& point,
                                            const QSizeF& view) const {
    const Eigen::Vector3f offset = point - eye();
    const float depth = offset.dot(forward());
    if (!(depth > kNearPlane)) return std::nullopt;
    const float scale = distance / (depth * metresPerPixel(view));
    return QPointF(view.width() / 2 + static_cast<double>(offset.dot(right()) * scale),
                   view.height() / 2 - static_cast<double>(offset.dot(up()) * scale));
}

void OrbitCamera::orbit(const QPointF& pixels) {
    yaw = std::remainder(yaw - static_cast<float>(pixels.x()) * kDegreesPerPixel, 360.0F);
    pitch = std::clamp(pitch - static_cast<float>(pixels.y()) * kDegreesPerPixel, -kSteepest,
                       kSteepest);
}

void OrbitCamera::pan(const QPointF& pixels, const QSizeF& view) {
    const float scale = metresPerPixel(view);
    target -= right() * static_cast<float>(pixels.x()) * scale;
    target += up() * static_cast<float>(pixels.y()) * scale;
}

void OrbitCamera::dolly(double factor) {
    distance = std::clamp(distance * static_cast<float>(factor), kNearest, kFarthest);
}

} // namespace gesture::app
