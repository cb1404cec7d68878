// SPDX-License-Identifier: Apache-2.0
#include "render/camera.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace gesture::render {

namespace {

constexpr float kPi = std::numbers::pi_v<float>;
constexpr float kMaxPitch = 1.5533F; // 89 degrees: straight down has no up
constexpr float kMinDistance = 0.15F;
constexpr float kMaxDistance = 60.0F;
constexpr float kRadiansPerPixel = 0.0070F;
constexpr float kDollyPerPixel = 0.0025F;
constexpr float kFarBeyondTarget = 40.0F; // metres; the floor has faded out before

float wrapped(float angle) { return std::remainder(angle, 2.0F * kPi); }

/// Interval of the offset of the target, along one axis of the view, that keeps all corners
/// between the two sloping sides of the view; the sides are tangents from the axis.
struct AxisFit {
    float lowerSlope;
    float upperSlope;
    float upper = -std::numeric_limits<float>::infinity();
    float lower = std::numeric_limits<float>::infinity();

    void include(float across, float towardsViewer) {
        upper = std::max(upper, across + towardsViewer * upperSlope);
        lower = std::min(lower, across - towardsViewer * lowerSlope);
    }
    [[nodiscard]] float smallestDistance() const {
        return (upper - lower) / (lowerSlope + upperSlope);
    }
    [[nodiscard]] float offsetAt(float distance) const {
        return 0.5F * ((upper - distance * upperSlope) + (lower + distance * lowerSlope));
    }
};

Box boxAround(const Eigen::Vector3f& centre, const Eigen::Vector3f& half) {
    return {centre - half, centre + half};
}

Box handsBox(const CameraSubject& subject) {
    const Eigen::Vector3f room(0.16F, 0.16F, 0.14F);
    Box box = boxAround(subject.leftHand, room);
    box.extend(boxAround(subject.rightHand, room));
    return box;
}

Camera looking(float yaw, float pitchDegrees, float fieldDegrees) {
    Camera camera;
    camera.yaw = yaw;
    camera.pitch = pitchDegrees * kPi / 180.0F;
    camera.verticalFieldOfView = fieldDegrees * kPi / 180.0F;
    return camera;
}

} // namespace

Eigen::Matrix3f Camera::viewRotation() const {
    const float cy = std::cos(yaw), sy = std::sin(yaw);
    const float cp = std::cos(pitch), sp = std::sin(pitch);
    Eigen::Matrix3f rotation;
    rotation.row(0) << cy, 0.0F, -sy;
    rotation.row(1) << -sp * sy, cp, -sp * cy;
    rotation.row(2) << cp * sy, sp, cp * cy;
    return rotation;
}

Eigen::Vector3f Camera::position() const {
    return target + distance * viewRotation().row(2).transpose();
}

Eigen::Matrix4f Camera::viewFromWorld() const {
    Eigen::Matrix4f view = Eigen::Matrix4f::Identity();
    view.topLeftCorner<3, 3>() = viewRotation();
    view.topRightCorner<3, 1>() = -viewRotation() * position();
    return view;
}

Eigen::Matrix4f Camera::clipFromView(float aspect) const {
    const float nearPlane = std::max(0.02F, 0.1F * distance);
    const float farPlane = distance + kFarBeyondTarget;
    const float scale = 1.0F / std::tan(0.5F * verticalFieldOfView);
    Eigen::Matrix4f clip = Eigen::Matrix4f::Zero();
    clip(0, 0) = scale / aspect;
    clip(1, 1) = scale;
    clip(2, 2) = (farPlane + nearPlane) / (nearPlane - farPlane);
    clip(2, 3) = 2.0F * farPlane * nearPlane / (nearPlane - farPlane);
    clip(3, 2) = -1.0F;
    return clip;
}

Eigen::Vector3f Camera::project(const Eigen::Vector3f& world, int width, int height) const {
    const float aspect = static_cast<float>(width) / static_cast<float>(height);
    const Eigen::Vector4f clip = clipFromView(aspect) * viewFromWorld() * world.homogeneous();
    return {0.5F * static_cast<float>(width) * (1.0F + clip.x() / clip.w()),
            0.5F * static_cast<float>(height) * (1.0F - clip.y() / clip.w()), clip.w()};
}

Camera orbited(Camera camera, float dxPixels, float dyPixels) {
    camera.yaw = wrapped(camera.yaw - dxPixels * kRadiansPerPixel);
    camera.pitch = std::clamp(camera.pitch + dyPixels * kRadiansPerPixel, -kMaxPitch, kMaxPitch);
    return camera;
}

Camera panned(Camera camera, float dxPixels, float dyPixels, int viewHeight) {
    const float metresPerPixel = 2.0F * camera.distance *
                                 std::tan(0.5F * camera.verticalFieldOfView) /
                                 static_cast<float>(std::max(viewHeight, 1));
    const Eigen::Matrix3f rotation = camera.viewRotation();
    camera.target += metresPerPixel * (dyPixels * rotation.row(1) - dxPixels * rotation.row(0));
    return camera;
}

Camera dollied(Camera camera, float pixels) {
    camera.distance = std::clamp(camera.distance * std::exp(-pixels * kDollyPerPixel), kMinDistance,
                                 kMaxDistance);
    return camera;
}

Camera followed(Camera camera, const Eigen::Vector3f& rootBefore, const Eigen::Vector3f& rootNow) {
    camera.target += rootNow - rootBefore;
    return camera;
}

Camera framed(Camera camera, const Box& box, const PictureFrame& frame) {
    if (box.isEmpty() || frame.width <= 0 || frame.height <= 0) return camera;
    const float height = static_cast<float>(frame.height);
    const float reserved = std::clamp(static_cast<float>(frame.reservedTop) / height, 0.0F, 0.8F);
    const float margin = frame.margin * (1.0F - reserved);
    const float slope = std::tan(0.5F * camera.verticalFieldOfView);
    const float aspect = static_cast<float>(frame.width) / height;
    const float sideways = slope * std::max(aspect - 2.0F * margin, 0.2F * aspect);
    AxisFit across{sideways, sideways};
    AxisFit along{slope * (1.0F - 2.0F * margin), slope * (1.0F - 2.0F * (reserved + margin))};
    const Eigen::Vector3f centre = box.center();
    for (int i = 0; i < 8; ++i) {
        const auto corner = static_cast<Box::CornerType>(i);
        const Eigen::Vector3f seen = camera.viewRotation() * (box.corner(corner) - centre);
        across.include(seen.x(), seen.z());
        along.include(seen.y(), seen.z());
    }
    const float nearest = std::max(across.smallestDistance(), along.smallestDistance());
    camera.distance = std::clamp(nearest, kMinDistance, kMaxDistance);
    const Eigen::Vector3f offset(across.offsetAt(camera.distance), along.offsetAt(camera.distance),
                                 0.0F);
    camera.target = centre + camera.viewRotation().transpose() * offset;
    return camera;
}

Camera presetCamera(CameraPreset preset, const CameraSubject& subject, const PictureFrame& frame) {
    const float yaw = subject.facingYaw;
    switch (preset) {
    case CameraPreset::Front:
        return framed(looking(yaw, 4.0F, 28.0F), subject.bounds, frame);
    case CameraPreset::ThreeQuarter:
        return framed(looking(yaw + 0.62F, 7.0F, 28.0F), subject.bounds, frame);
    case CameraPreset::Side:
        return framed(looking(yaw + 0.5F * kPi, 4.0F, 28.0F), subject.bounds, frame);
    case CameraPreset::Back:
        return framed(looking(yaw + kPi, 4.0F, 28.0F), subject.bounds, frame);
    case CameraPreset::Hands:
        return framed(looking(yaw, 6.0F, 26.0F), handsBox(subject), frame);
    case CameraPreset::Face: {
        const Eigen::Vector3f middle = subject.face - Eigen::Vector3f(0.0F, 0.015F, 0.0F);
        const Box head = boxAround(middle, {0.10F, 0.155F, 0.10F});
        return framed(looking(yaw + 0.18F, 2.0F, 22.0F), head, frame);
    }
    }
    return Camera{};
}

Camera interpolated(const Camera& from, const Camera& to, float t) {
    if (t <= 0.0F) return from;
    if (t >= 1.0F) return to;
    const float eased = t * t * t * (t * (6.0F * t - 15.0F) + 10.0F);
    const auto mix = [eased](float a, float b) { return a + eased * (b - a); };
    Camera camera;
    camera.target = from.target + eased * (to.target - from.target);
    camera.yaw = wrapped(from.yaw + eased * wrapped(to.yaw - from.yaw));
    camera.pitch = mix(from.pitch, to.pitch);
    camera.distance = from.distance * std::pow(to.distance / from.distance, eased);
    camera.verticalFieldOfView = mix(from.verticalFieldOfView, to.verticalFieldOfView);
    return camera;
}

} // namespace gesture::render
