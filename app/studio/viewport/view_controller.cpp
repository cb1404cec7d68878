// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/view_controller.h"

#include "core/motion/skeleton.h"

#include <optional>

namespace gesture::app {

namespace {

constexpr float kBodyHalfWidth = 0.55F; ///< Metres, elbows out.
constexpr float kBodyHeight = 1.72F;
/// From the middle to either of two bodies, by how near the camera is.
constexpr float kSplitBodies = 0.62F;
constexpr float kSplitHands = 0.5F;
constexpr float kSplitFaces = 0.18F;
constexpr float kFromFaces = -110; ///< Pixels of a drag: farther, for two faces.
constexpr float kTopPitch = 1.55F; ///< Just short of straight down, so that up stays defined.

std::optional<render::CameraPreset> renderPresetOf(ViewPreset preset) {
    switch (preset) {
    case ViewPreset::Front:
        return render::CameraPreset::Front;
    case ViewPreset::ThreeQuarter:
        return render::CameraPreset::ThreeQuarter;
    case ViewPreset::Side:
        return render::CameraPreset::Side;
    case ViewPreset::Back:
        return render::CameraPreset::Back;
    case ViewPreset::Face:
        return render::CameraPreset::Face;
    case ViewPreset::Hands:
        return render::CameraPreset::Hands;
    case ViewPreset::Top:
    case ViewPreset::Free:
        break;
    }
    return std::nullopt;
}

} // namespace

BodyAnchors anchorsOf(const render::AvatarPose& pose, float ground) {
    BodyAnchors anchors;
    anchors.ground = ground;
    if (pose.joints.size() < static_cast<std::size_t>(motion::kJointCount)) return anchors;
    const auto joint = [&](int index) {
        return Eigen::Vector3f(pose.joints[static_cast<std::size_t>(index)].data());
    };
    anchors.root = joint(motion::kPelvis);
    anchors.face = (joint(motion::kLeftEye) + joint(motion::kRightEye)) / 2;
    anchors.leftHand = joint(motion::kLeftWrist);
    anchors.rightHand = joint(motion::kRightWrist);
    return anchors;
}

void ViewController::setView(const QSize& view) {
    if (view.isEmpty() || view == view_) return;
    view_ = view;
    if (untouched_) applyPreset();
    Q_EMIT changed();
}

void ViewController::setAnchors(const BodyAnchors& anchors) {
    const BodyAnchors before = anchors_;
    anchors_ = anchors;
    if (follow_ == FollowBody::No) return;
    const bool face = preset_ == ViewPreset::Face;
    Eigen::Vector3f from = face ? before.face : before.root;
    Eigen::Vector3f to = face ? anchors.face : anchors.root;
    if (!face) from.y() = to.y() = 0;
    camera_ = render::followed(camera_, from, to);
    Q_EMIT changed();
}

void ViewController::resetAnchors(const BodyAnchors& anchors) {
    anchors_ = anchors;
    untouched_ ? applyPreset() : frameAll();
    Q_EMIT changed();
}

Eigen::Vector3f ViewController::splitOffset() const {
    if (!split()) return {0, 0, 0};
    const float apart = preset_ == ViewPreset::Face    ? kSplitFaces
                        : preset_ == ViewPreset::Hands ? kSplitHands
                                                       : kSplitBodies;
    return apart * camera_.viewRotation().row(0).transpose();
}

void ViewController::setOverlays(const ViewOverlays& overlays) {
    if (overlays == overlays_) return;
    const bool before = split();
    overlays_ = overlays;
    if (split() != before) fitBodies();
    Q_EMIT changed();
}

void ViewController::setComparing(bool comparing) {
    if (comparing == comparing_) return;
    const bool before = split();
    comparing_ = comparing;
    if (split() != before) fitBodies();
    Q_EMIT changed();
}

void ViewController::fitBodies() {
    if (untouched_)
        applyPreset();
    else if (preset_ == ViewPreset::Free)
        camera_ = render::framed(camera_, bodyBox(), frame());
}

render::Box ViewController::bodyBox() const {
    Eigen::Vector3f half(kBodyHalfWidth, 0, 0.2F);
    half += splitOffset().cwiseAbs();
    const Eigen::Vector3f middle(anchors_.root.x(), anchors_.ground, anchors_.root.z());
    return {middle - half, middle + half + Eigen::Vector3f(0, kBodyHeight, 0)};
}

render::PictureFrame ViewController::frame() const {
    render::PictureFrame frame;
    frame.width = view_.width();
    frame.height = view_.height();
    frame.reservedTop = kReservedTop;
    frame.margin = 0.02F;
    return frame;
}

void ViewController::applyPreset() {
    untouched_ = true;
    render::CameraSubject subject;
    subject.bounds = bodyBox();
    subject.face = anchors_.face;
    subject.leftHand = anchors_.leftHand;
    subject.rightHand = anchors_.rightHand;
    if (const auto preset = renderPresetOf(preset_)) {
        camera_ = render::presetCamera(*preset, subject, frame());
        if (!split()) return;
        // Which way the bodies stand beside each other is known only now.
        const Eigen::Vector3f aside = splitOffset();
        subject.bounds = bodyBox();
        subject.leftHand += aside;
        subject.rightHand -= aside;
        camera_ = render::presetCamera(*preset, subject, frame());
        if (preset_ == ViewPreset::Face) camera_ = render::dollied(camera_, kFromFaces);
    } else if (preset_ == ViewPreset::Top) {
        lookFrom(0, kTopPitch);
    }
}

void ViewController::choosePreset(ViewPreset preset) {
    preset_ = preset;
    preset == ViewPreset::Free ? void(untouched_ = false) : applyPreset();
    Q_EMIT presetChanged(preset);
    Q_EMIT changed();
}

void ViewController::frameAll() {
    if (preset_ == ViewPreset::Face || preset_ == ViewPreset::Hands) {
        return choosePreset(ViewPreset::Front);
    }
    camera_ = render::framed(camera_, bodyBox(), frame());
    Q_EMIT changed();
}

void ViewController::lookFrom(float yaw, float pitch) {
    camera_.yaw = yaw;
    camera_.pitch = pitch;
    camera_ = render::framed(camera_, bodyBox(), frame());
    Q_EMIT changed();
}

void ViewController::setShading(render::Shading shading) {
    shading_ = shading;
    Q_EMIT changed();
}

void ViewController::setFloor(bool floor) {
    floor_ = floor;
    Q_EMIT changed();
}

void ViewController::setFollow(FollowBody follow) {
    follow_ = follow;
    if (follow == FollowBody::Yes) frameAll();
    Q_EMIT changed();
}

void ViewController::orbit(const QPointF& pixels) {
    camera_ =
        render::orbited(camera_, static_cast<float>(pixels.x()), static_cast<float>(pixels.y()));
    becomeFree();
}

void ViewController::pan(const QPointF& pixels) {
    camera_ = render::panned(camera_, static_cast<float>(pixels.x()),
                             static_cast<float>(pixels.y()), view_.height());
    becomeFree();
}

void ViewController::dolly(double pixels) {
    camera_ = render::dollied(camera_, static_cast<float>(pixels));
    untouched_ = false;
    Q_EMIT changed();
}

void ViewController::becomeFree() {
    untouched_ = false;
    if (preset_ != ViewPreset::Free) {
        preset_ = ViewPreset::Free;
        Q_EMIT presetChanged(preset_);
    }
    Q_EMIT changed();
}

} // namespace gesture::app
