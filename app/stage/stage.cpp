// SPDX-License-Identifier: Apache-2.0
#include "app/stage/stage.h"

#include "core/motion/ground.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

namespace gesture::app {

namespace {

/// How far skin lies outside of the joints: crown above the eyes, fingers beyond their last joint.
constexpr float kFleshMetres = 0.12F;

Eigen::Vector3f jointAt(const motion::PosedBody& posed, int joint) {
    return posed.joints.row(joint).transpose();
}

/// Middle of a hand: between its wrist and the first joint of the middle finger.
Eigen::Vector3f handCentre(const motion::PosedBody& posed, int wrist, int firstFingerJoint) {
    constexpr int kMiddleFinger = 3; // joints of the index finger come before
    return 0.5F * (jointAt(posed, wrist) + jointAt(posed, firstFingerJoint + kMiddleFinger));
}

/// A clip's body shape is in SMPL-X's own space and means nothing to an avatar with named shapes.
std::span<const float> shapeFor(const io::Avatar& avatar, const motion::Clip* clip) {
    if (clip == nullptr || !avatar.shapeNames.empty()) return {};
    return clip->betas();
}

} // namespace

Stage::Stage(io::Avatar avatar)
    : avatar_(std::move(avatar))
    , blendPlace_(blendPlaceFor(avatar_.body->data())) {
    setClip(nullptr, {});
}

void Stage::setClip(std::shared_ptr<const motion::Clip> clip, std::vector<float> loudness,
                    std::shared_ptr<const avatar::ExpressionBridge> bridge) {
    clip_ = std::move(clip);
    const std::span<const float> shape = shapeFor(avatar_, clip_.get());
    if (!body_ || !std::ranges::equal(shape, shape_)) {
        shape_.assign(shape.begin(), shape.end());
        body_ = avatar_.body->shaped(shape_);
        mesh_ = makeAvatarMesh(avatar_, *body_, blendPlace_);
        ++meshRevision_;
    }
    expressions_.reset();
    coefficients_.assign(static_cast<std::size_t>(avatar_.body->expressionCount()), 0.0F);
    if (clip_) {
        expressions_.emplace(avatar_, avatar::ExpressionMapper::Sources{clip_, std::move(loudness),
                                                                        std::move(bridge)});
        groundHeight_ = motion::groundUnder(*clip_, avatar_.body->data(), *body_);
    } else {
        groundHeight_ = motion::lowestRestVertex(*body_);
    }
    static_cast<void>(poseAt({0}));
}

const render::AvatarPose& Stage::poseAt(FrameIndex frame) {
    std::array<float, motion::kPoseSize> angles{};
    std::array<float, 3> translation{};
    if (clip_) {
        const FrameIndex shown{std::clamp<std::int64_t>(frame.value, 0, clip_->frameCount() - 1)};
        std::ranges::copy(clip_->pose(shown), angles.begin());
        std::ranges::copy(clip_->translation(shown), translation.begin());
        const AxisAngle jaw = expressions_->map(shown, coefficients_);
        std::copy_n(jaw.data(), 3, angles.begin() + std::ptrdiff_t{3} * motion::kJaw);
    }
    const motion::BodyPose pose{angles, translation, coefficients_};
    if (blendPlace_ == BlendPlace::Gpu)
        body_->poseJoints(pose, posed_);
    else
        body_->pose(pose, posed_);
    fillPose();
    return pose_;
}

void Stage::jointsAt(FrameIndex frame,
                     std::span<std::array<float, 3>, motion::kJointCount> joints) const {
    std::array<float, motion::kPoseSize> angles{};
    std::array<float, 3> translation{};
    if (clip_) {
        const FrameIndex shown{std::clamp<std::int64_t>(frame.value, 0, clip_->frameCount() - 1)};
        std::ranges::copy(clip_->pose(shown), angles.begin());
        std::ranges::copy(clip_->translation(shown), translation.begin());
    }
    body_->poseJoints({angles, translation, {}}, posedJoints_);
    for (int j = 0; j < motion::kJointCount; ++j)
        joints[static_cast<std::size_t>(j)] = {posedJoints_.joints(j, 0), posedJoints_.joints(j, 1),
                                               posedJoints_.joints(j, 2)};
}

void Stage::fillPose() {
    pose_.worldFromRest.assign(posed_.worldFromRest.begin(), posed_.worldFromRest.end());
    pose_.joints.resize(motion::kJointCount);
    for (int j = 0; j < motion::kJointCount; ++j)
        pose_.joints[static_cast<std::size_t>(j)] = {posed_.joints(j, 0), posed_.joints(j, 1),
                                                     posed_.joints(j, 2)};
    if (blendPlace_ == BlendPlace::Gpu) {
        pose_.blendWeights.assign(coefficients_.begin(), coefficients_.end());
        pose_.blendWeights.insert(pose_.blendWeights.end(), posed_.poseFeature.begin(),
                                  posed_.poseFeature.end());
        return;
    }
    // The body model did all the work: joints must not move the vertices a second time.
    for (render::JointTransform& transform : pose_.worldFromRest)
        transform = render::JointTransform::Identity();
    pose_.restPositions.resize(static_cast<std::size_t>(posed_.vertices.rows()));
    for (Eigen::Index v = 0; v < posed_.vertices.rows(); ++v)
        pose_.restPositions[static_cast<std::size_t>(v)] = {
            posed_.vertices(v, 0), posed_.vertices(v, 1), posed_.vertices(v, 2)};
}

std::string Stage::expressionNote() const { return expressions_ ? expressions_->note() : ""; }

render::CameraSubject Stage::cameraSubject() const {
    render::CameraSubject subject;
    for (int j = 0; j < motion::kJointCount; ++j)
        subject.bounds.extend(jointAt(posed_, j));
    subject.bounds.min().array() -= kFleshMetres;
    subject.bounds.max().array() += kFleshMetres;
    subject.bounds.min().y() = std::min(subject.bounds.min().y(), groundHeight_);
    subject.face = 0.5F * (jointAt(posed_, motion::kLeftEye) + jointAt(posed_, motion::kRightEye));
    subject.leftHand = handCentre(posed_, motion::kLeftWrist, motion::kFirstLeftHandJoint);
    subject.rightHand = handCentre(posed_, motion::kRightWrist, motion::kFirstRightHandJoint);
    // The body faces away from the line between its shoulders, seen from above.
    const Eigen::Vector3f across =
        jointAt(posed_, motion::kLeftShoulder) - jointAt(posed_, motion::kRightShoulder);
    subject.facingYaw = std::atan2(-across.z(), across.x());
    return subject;
}

} // namespace gesture::app
