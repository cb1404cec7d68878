// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <QPointF>
#include <QSizeF>

#include <optional>

namespace gesture::app {

/// A camera that looks at a point from an angle; metres and degrees, y up. Yaw 0 looks from +z at
/// the body's front, yaw 90 from its left (+x). Value.
struct OrbitCamera {
    Eigen::Vector3f target{0, 0.9F, 0};
    float yaw = 0;
    float pitch = -4; ///< Negative: from above.
    float distance = 5;
    float verticalFieldOfView = 28;

    [[nodiscard]] Eigen::Vector3f eye() const;
    /// Unit vectors of the picture: to the right, up, and into it.
    [[nodiscard]] Eigen::Vector3f right() const;
    [[nodiscard]] Eigen::Vector3f up() const;
    [[nodiscard]] Eigen::Vector3f forward() const;

    /// Metres that one logical px covers at the target.
    [[nodiscard]] float metresPerPixel(const QSizeF& view) const;
    /// Place of a point in the view, logical px; nothing when it lies behind the camera.
    [[nodiscard]] std::optional<QPointF> project(const Eigen::Vector3f& point,
                                                 const QSizeF& view) const;

    /// Drags of `pixels`: turn around the target, move with the picture, go nearer.
    void orbit(const QPointF& pixels);
    void pan(const QPointF& pixels, const QSizeF& view);
    void dolly(double factor);
};

} // namespace gesture::app
