// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/view_controller.h"

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr double kTopMargin = 46;   ///< Logical px that the bars at the top need.
constexpr double kBottomMargin = 22;
constexpr float kBodyHeight = 1.84F; ///< Metres, with a little air above the head.
constexpr float kBodyWidth = 2.0F;   ///< Arms half out.
constexpr float kFaceHeight = 0.46F;
constexpr float kHandsHeight = 0.95F;
constexpr float kRadians = 3.14159265F / 180;

struct PresetAngles {
    float yaw;
    float pitch;
};

PresetAngles anglesOf(CameraPreset preset) {
    switch (preset) {
    case CameraPreset::ThreeQuarter:
        return {35, -7};
    case CameraPreset::Side:
        return {90, -4};
    case CameraPreset::Back:
        return {180, -4};
    case CameraPreset::Top:
        return {0, -89};
    case CameraPreset::Front:
    case CameraPreset::Free:
    case CameraPreset::Face:
    case CameraPreset::Hands:
        break;
    }
    return {0, -4};
}

} // namespace

void ViewController::setView(const QSizeF& view) {
    view_ = view;
    if (fitted_) fitPreset();
    Q_EMIT changed();
}

void ViewController::setAnchors(const BodyAnchors& anchors) {
    const Eigen::Vector3f before = anchorOf(preset_);
    anchors_ = anchors;
    if (follow_ == FollowBody::No) return;
    camera_.target += anchorOf(preset_) - before;
    Q_EMIT changed();
}

Eigen::Vector3f ViewController::anchorOf(CameraPreset preset) const {
    switch (preset) {
    case CameraPreset::Face:
        return anchors_.head;
    case CameraPreset::Hands:
        return anchors_.chest;
    case CameraPreset::Front:
    case CameraPreset::ThreeQuarter:
    case CameraPreset::Side:
    case CameraPreset::Back:
    case CameraPreset::Top:
    case CameraPreset::Free:
        break;
    }
    return {anchors_.root.x(), anchors_.ground, anchors_.root.z()};
}

void ViewController::fit(const Eigen::Vector3f& centre, float height, float width) {
    const double free = std::max(view_.height() - kTopMargin - kBottomMargin, 40.0);
    const double pixelsPerMetre = std::min(free / height, view_.width() / width);
    const float half = std::tan(camera_.verticalFieldOfView * kRadians / 2);
    camera_.distance = static_cast<float>(view_.height() / pixelsPerMetre) / (2 * half);
    // The free part's middle lies below the view's.
    const double shift = (kTopMargin - kBottomMargin) / 2 / pixelsPerMetre;
    camera_.target = centre + camera_.up() * static_cast<float>(shift);
}

void ViewController::fitPreset() {
    const Eigen::Vector3f anchor = anchorOf(preset_);
    if (preset_ == CameraPreset::Face) {
        fit(anchor + Eigen::Vector3f(0, 0.06F, 0), kFaceHeight, kFaceHeight);
    } else if (preset_ == CameraPreset::Hands) {
        fit(anchor - Eigen::Vector3f(0, 0.12F, 0), kHandsHeight, kHandsHeight);
    } else {
        fit(anchor + Eigen::Vector3f(0, kBodyHeight / 2 - 0.02F, 0), kBodyHeight, kBodyWidth);
    }
    fitted_ = true;
}

void ViewController::choosePreset(CameraPreset preset) {
    preset_ = preset;
    if (preset == CameraPreset::Free) {
        fitted_ = false;
    } else {
        const PresetAngles angles = anglesOf(preset);
        camera_.yaw = angles.yaw;
        camera_.pitch = angles.pitch;
        fitPreset();
    }
    Q_EMIT presetChanged(preset);
    Q_EMIT changed();
}

void ViewController::frameAll() {
    const bool closeUp = preset_ == CameraPreset::Face || preset_ == CameraPreset::Hands;
    if (closeUp) return choosePreset(CameraPreset::Front);
    fitPreset();
    Q_EMIT changed();
}

void ViewController::setShading(Shading shading) {
    shading_ = shading;
    Q_EMIT changed();
}

void ViewController::setFloor(bool floor) {
    floor_ = floor;
    Q_EMIT changed();
}

void ViewController::setFollow(FollowBody follow) {
    follow_ = follow;
    if (follow == FollowBody::Yes && fitted_) fitPreset();
    Q_EMIT changed();
}

void ViewController::orbit(const QPointF& pixels) {
    camera_.orbit(pixels);
    becomeFree();
}

void ViewController::pan(const QPointF& pixels) {
    camera_.pan(pixels, view_);
    becomeFree();
}

void ViewController::dolly(double factor) {
    camera_.dolly(factor);
    fitted_ = false;
    Q_EMIT changed();
}

void ViewController::becomeFree() {
    fitted_ = false;
    if (preset_ != CameraPreset::Free) {
        preset_ = CameraPreset::Free;
        Q_EMIT presetChanged(preset_);
    }
    Q_EMIT changed();
}

} // namespace gesture::app
