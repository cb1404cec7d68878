// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/pose_writer.h"

#include "core/gestures/arm_score.h"
#include "core/motion/relaxed_hands.h"

#include <algorithm>
#include <numbers>
#include <utility>

namespace gesture::gestures {

namespace {

using Eigen::Vector3d;
using Eigen::Vector3f;

constexpr double kRadians = std::numbers::pi / 180.0;
constexpr double kNeckShare = 0.60;  ///< Of the head's movements.
constexpr double kNeckForward = 6.0; ///< Degrees that necks lean forwards …
constexpr double kHeadBack = -3.0;   ///< … and heads back.
constexpr double kSpineForward = 1.5;
constexpr std::array<int, 3> kSpine = {3, 6, 9};
constexpr std::array<double, 3> kSpineShares = {0.35, 0.35, 0.30};
constexpr int kLeftCollar = 13;

Vector3f radians(const Vector3d& degrees) { return (kRadians * degrees).cast<float>(); }

/// Rotations are computed for the left side; the right one is their mirror image.
Vector3f onSide(Side side, const Vector3f& left) {
    return side == Side::Left ? left : Vector3f(left.x(), -left.y(), -left.z());
}

} // namespace

PoseWriter::PoseWriter(std::size_t frames)
    : frames_(frames) {
    data_.poses.assign(frames * motion::kPoseSize, 0.0F);
    data_.translations.assign(frames * 3, 0.0F);
    data_.expressions.assign(frames * motion::kExpressionCount, 0.0F);
    data_.rate = {kFramesPerSecond, 1};
    data_.expressionSpace = motion::ExpressionSpace::Arkit52;
}

void PoseWriter::set(std::size_t frame, int joint, const Vector3f& rotation) {
    float* const place =
        &data_.poses[frame * motion::kPoseSize + 3 * static_cast<std::size_t>(joint)];
    Eigen::Map<Vector3f>{place} = rotation;
}

Vector3f PoseWriter::get(std::size_t frame, int joint) const {
    const float* const place =
        &data_.poses[frame * motion::kPoseSize + 3 * static_cast<std::size_t>(joint)];
    return Eigen::Map<const Vector3f>{place};
}

void PoseWriter::setLegs(std::span<const LegPose> legs) {
    constexpr int kHip = 1;
    constexpr int kKnee = 4;
    for (std::size_t i = 0; i < frames_; ++i) {
        const LegPose& pose = legs[i];
        set(i, motion::kPelvis, pose.pelvis);
        for (int side = 0; side < 2; ++side) {
            const auto s = static_cast<std::size_t>(side);
            set(i, kHip + side, pose.hip[s]);
            set(i, kKnee + side, pose.knee[s]);
            set(i, motion::kLeftAnkle + side, pose.ankle[s]);
        }
        std::copy_n(pose.translation.data(), 3, &data_.translations[3 * i]);
    }
}

void PoseWriter::setTrunk(std::span<const TrunkPose> trunk) {
    for (std::size_t i = 0; i < frames_; ++i) {
        const Vector3d pelvis = get(i, motion::kPelvis).cast<double>() / kRadians;
        const Vector3d back(kSpineForward, -0.5 * pelvis.y(), -0.9 * pelvis.z());
        for (std::size_t s = 0; s < kSpine.size(); ++s)
            set(i, kSpine[s], radians(kSpineShares[s] * (trunk[i].spine + back)));
        const Vector3d& head = trunk[i].head;
        set(i, motion::kNeck, radians(kNeckShare * head + Vector3d(kNeckForward, 0.0, 0.0)));
        set(i, motion::kHead, radians((1.0 - kNeckShare) * head + Vector3d(kHeadBack, 0.0, 0.0)));
    }
}

void PoseWriter::setFaces(std::span<const FacePose> faces) {
    for (std::size_t i = 0; i < frames_; ++i) {
        set(i, motion::kJaw, {faces[i].jaw, 0.0F, 0.0F});
        std::copy(faces[i].units.begin(), faces[i].units.end(),
                  &data_.expressions[i * motion::kExpressionCount]);
    }
}

void PoseWriter::setArm(Side side, std::span<const ArmPose> arm,
                        std::span<const ArmVector> controls) {
    static const motion::HandMeans means = motion::relaxedHands();
    const int right = side == Side::Left ? 0 : 1;
    const int hand =
        side == Side::Left ? motion::kFirstLeftHandJoint : motion::kFirstRightHandJoint;
    const auto& mean = side == Side::Left ? means.left : means.right;
    for (std::size_t i = 0; i < frames_; ++i) {
        set(i, kLeftCollar + right, onSide(side, arm[i].collar));
        set(i, motion::kLeftShoulder + right, onSide(side, arm[i].shoulder));
        set(i, motion::kLeftElbow + right, onSide(side, arm[i].elbow));
        set(i, motion::kLeftWrist + right, onSide(side, arm[i].wrist));
        const auto fingers = fingerRotations(controlOf(controls[i]).hand);
        for (std::size_t f = 0; f < fingers.size(); ++f) {
            const Vector3f relaxed(mean[3 * f], mean[3 * f + 1], mean[3 * f + 2]);
            set(i, hand + static_cast<int>(f), onSide(side, fingers[f]) - relaxed);
        }
    }
}

motion::SkeletonPose PoseWriter::skeletonAt(std::size_t frame) const {
    std::array<float, motion::kPoseSize> pose{};
    std::copy_n(&data_.poses[frame * motion::kPoseSize], pose.size(), pose.begin());
    const auto add = [&](int first, const std::array<float, 45>& mean) {
        for (std::size_t i = 0; i < mean.size(); ++i)
            pose[3 * static_cast<std::size_t>(first) + i] += mean[i];
    };
    static const motion::HandMeans means = motion::relaxedHands();
    add(motion::kFirstLeftHandJoint, means.left);
    add(motion::kFirstRightHandJoint, means.right);
    const Eigen::Map<const Vector3f> translation(&data_.translations[3 * frame]);
    return motion::forwardKinematics(motion::localRotations(pose), motion::averageRestJoints(),
                                     translation);
}

motion::Clip::Data PoseWriter::finish() && { return std::move(data_); }

} // namespace gesture::gestures
