// SPDX-License-Identifier: Apache-2.0
#include "core/motion/procedural_clip.h"

#include "core/base/rotation.h"
#include "core/motion/average_skeleton.h"
#include "core/motion/greeting_score.h"
#include "core/motion/limb_ik.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace gesture::motion {

namespace {

using Eigen::Matrix3f;
using Eigen::Vector3f;

constexpr int kFramesPerSecond = 30;
constexpr float kRadians = std::numbers::pi_v<float> / 180.0F;
/// The pelvis stands this much lower than with straight legs: knees that are not locked.
constexpr float kSoftKneesMetres = 0.004F;

enum class Side { Left, Right };

/// Joints by name that only this file needs.
constexpr int kLeftHip = 1;
constexpr int kLeftKnee = 4;
constexpr int kSpine1 = 3;
constexpr int kSpine2 = 6;
constexpr int kSpine3 = 9;
constexpr int kLeftCollar = 13;

/// A frame that is being put together.
struct FrameValues {
    std::array<Vector3f, kJointCount> rotations{}; ///< Rotation vectors.
    Vector3f translation = Vector3f::Zero();
    std::array<float, kExpressionCount> expression{};

    FrameValues() { rotations.fill(Vector3f::Zero()); }
};

Vector3f restJoint(int joint) {
    const auto first = 3 * static_cast<std::size_t>(joint);
    return {averageRestJoints()[first], averageRestJoints()[first + 1],
            averageRestJoints()[first + 2]};
}

Matrix3f turned(const Vector3f& axis, float radians) {
    return Eigen::AngleAxisf(radians, axis).toRotationMatrix();
}

Vector3f rotationVector(const Matrix3f& rotation) {
    const Eigen::AngleAxisf turn(rotation);
    return turn.axis() * turn.angle();
}

/// The right joint of a pair follows its left one, at twice the distance for the hands.
int jointOf(int leftJoint, Side side) {
    if (side == Side::Left) return leftJoint;
    return leftJoint + (leftJoint >= kFirstLeftHandJoint ? 15 : 1);
}

/// Rotations are computed for the left side; the right one is their mirror image.
void setSide(FrameValues& frame, int leftJoint, Side side, const Vector3f& rotation) {
    const Vector3f mirrored(rotation.x(), -rotation.y(), -rotation.z());
    frame.rotations[static_cast<std::size_t>(jointOf(leftJoint, side))] =
        side == Side::Left ? rotation : mirrored;
}

/// How far the forearm must turn about itself for the palm to face `palm`, radians. `forearm` is
/// the orientation of the unturned forearm; the palm of the T-pose faces down.
float forearmTwist(const Matrix3f& forearm, const Vector3f& palm) {
    constexpr float kMaxTwist = 105.0F * kRadians;
    const float twist =
        std::atan2(-palm.dot(forearm * Vector3f::UnitZ()), -palm.dot(forearm * Vector3f::UnitY()));
    return std::clamp(twist, -kMaxTwist, kMaxTwist);
}

/// Unbends the fingers from the relaxed hand that the body model adds, and spreads them.
void poseFingers(FrameValues& frame, Side side, float open) {
    constexpr std::array<float, 3> kUnbend = {21.0F, 30.0F, 14.0F};
    constexpr std::array<float, 4> kSpread = {-8.0F, -1.0F, 10.0F, 4.0F}; // index middle pinky ring
    for (int finger = 0; finger < 4; ++finger) {
        for (int i = 0; i < 3; ++i) {
            const float spread = i == 0 ? kSpread[static_cast<std::size_t>(finger)] : 0.0F;
            const Vector3f degrees(0.0F, spread, kUnbend[static_cast<std::size_t>(i)]);
            setSide(frame, kFirstLeftHandJoint + 3 * finger + i, side, open * kRadians * degrees);
        }
    }
    constexpr int kLeftThumb = kFirstLeftHandJoint + 12;
    setSide(frame, kLeftThumb, side, open * kRadians * Vector3f(-8.0F, -12.0F, 6.0F));
}

/// The collar bone follows an arm that is raised, and the breath.
Vector3f collarRotation(const ArmPose& arm, float breath) {
    const float lift = std::clamp(12.0F * (arm.wrist.y() + 0.5F), 0.0F, 11.0F);
    const float forward = std::clamp(10.0F * (arm.wrist.z() - 0.2F), 0.0F, 4.0F);
    return kRadians * Vector3f(0.0F, -forward, lift + 0.6F * breath);
}

void poseArm(FrameValues& frame, Side side, const ArmPose& arm, float breath) {
    const RestLimb rest{restJoint(kLeftShoulder), restJoint(kLeftElbow), restJoint(kLeftWrist),
                        Vector3f::UnitZ()};
    const float length = (rest.middle - rest.root).norm() + (rest.end - rest.middle).norm();
    const Vector3f pole(0.45F, -0.9F, -0.55F);
    const LimbRotations limb = solveLimb(rest, rest.root + length * arm.wrist, pole);
    const Vector3f collar = collarRotation(arm, breath);
    const Matrix3f shoulder = turned(collar.normalized(), collar.norm()).transpose() * limb.root;

    // Most of the twist belongs to the wrist end of the forearm.
    constexpr float kElbowShare = 0.45F;
    const Vector3f bone = (rest.end - rest.middle).normalized();
    const float twist = forearmTwist(limb.root * limb.middle, arm.palm);
    setSide(frame, kLeftCollar, side, collar);
    setSide(frame, kLeftShoulder, side, rotationVector(shoulder));
    setSide(frame, kLeftElbow, side,
            rotationVector(limb.middle * turned(bone, kElbowShare * twist)));
    setSide(frame, kLeftWrist, side,
            rotationVector(turned(bone, (1.0F - kElbowShare) * twist) *
                           turned(Vector3f::UnitY(), -kRadians * arm.handSide)));
    poseFingers(frame, side, arm.fingersOpen);
}

/// Puts the ankle where it stands and keeps the sole flat.
void poseLeg(FrameValues& frame, Side side, const Matrix3f& pelvis) {
    const int hip = jointOf(kLeftHip, side);
    const int knee = jointOf(kLeftKnee, side);
    const int ankle = jointOf(kLeftAnkle, side);
    const RestLimb rest{restJoint(hip), restJoint(knee), restJoint(ankle), -Vector3f::UnitZ()};
    const Vector3f planted = rest.end - kAverageSoleHeight * Vector3f::UnitY();
    const Vector3f target =
        pelvis.transpose() * (planted - restJoint(kPelvis) - frame.translation) +
        restJoint(kPelvis);
    const float out = side == Side::Left ? 0.12F : -0.12F;
    const LimbRotations limb = solveLimb(rest, target, {out, 0.0F, 1.0F});
    const Matrix3f shank = pelvis * limb.root * limb.middle;
    frame.rotations[static_cast<std::size_t>(hip)] = rotationVector(limb.root);
    frame.rotations[static_cast<std::size_t>(knee)] = rotationVector(limb.middle);
    frame.rotations[static_cast<std::size_t>(ankle)] = rotationVector(shank.transpose());
}

void poseTrunk(FrameValues& frame, const GreetingMoment& moment) {
    constexpr float kBreathDegrees = 0.7F;
    constexpr float kNeckShare = 0.45F;
    const Vector3f torso = kRadians * (moment.torso - moment.pelvis);
    frame.rotations[kPelvis] = kRadians * moment.pelvis;
    frame.rotations[kSpine1] = 0.35F * torso;
    frame.rotations[kSpine2] = 0.35F * torso;
    frame.rotations[kSpine3] = 0.30F * torso;
    frame.rotations[kSpine3].x() -= kRadians * kBreathDegrees * moment.breath;
    frame.rotations[kNeck] = kNeckShare * kRadians * moment.head;
    frame.rotations[kHead] = (1.0F - kNeckShare) * kRadians * moment.head;
    frame.rotations[kLeftEye].x() = kRadians * moment.eyesDown;
    frame.rotations[kRightEye].x() = kRadians * moment.eyesDown;
}

/// Units of the arkit52 expression space, alphabetical.
enum FaceUnit : std::size_t {
    kBrowInnerUp = 2,
    kBrowOuterUpLeft = 3,
    kBrowOuterUpRight = 4,
    kCheekSquintLeft = 6,
    kCheekSquintRight = 7,
    kEyeBlinkLeft = 8,
    kEyeBlinkRight = 9,
    kEyeLookDownLeft = 10,
    kEyeLookDownRight = 11,
    kEyeLookUpLeft = 16,
    kEyeLookUpRight = 17,
    kMouthDimpleLeft = 27,
    kMouthDimpleRight = 28,
    kMouthSmileLeft = 43,
    kMouthSmileRight = 44,
};

void poseFace(FrameValues& frame, const GreetingMoment& moment) {
    constexpr float kFullLookDegrees = 30.0F;
    const float down = moment.eyesDown / kFullLookDegrees;
    auto& face = frame.expression;
    face[kMouthSmileLeft] = moment.smile;
    face[kMouthSmileRight] = 0.92F * moment.smile;
    face[kMouthDimpleLeft] = face[kMouthDimpleRight] = 0.2F * moment.smile;
    face[kCheekSquintLeft] = face[kCheekSquintRight] = 0.5F * moment.smile;
    face[kBrowInnerUp] = 0.6F * moment.brows;
    face[kBrowOuterUpLeft] = moment.brows;
    face[kBrowOuterUpRight] = 0.9F * moment.brows;
    face[kEyeBlinkLeft] = face[kEyeBlinkRight] = std::clamp(moment.blink, 0.0F, 1.0F);
    face[kEyeLookDownLeft] = face[kEyeLookDownRight] = std::max(0.0F, down);
    face[kEyeLookUpLeft] = face[kEyeLookUpRight] = std::max(0.0F, -down);
}

FrameValues greetingFrame(float seconds) {
    constexpr float kBreathMetres = 0.0015F;
    const GreetingMoment moment = greetingAt(seconds);
    FrameValues frame;
    frame.translation = {moment.shift.x(),
                         -kAverageSoleHeight - kSoftKneesMetres -
                             std::abs(0.06F * moment.shift.x()) +
                             kBreathMetres * (moment.breath - 1.0F),
                         moment.shift.y()};
    poseTrunk(frame, moment);
    const Vector3f pelvis = frame.rotations[kPelvis];
    const Matrix3f pelvisMatrix = rodriguesMatrix(pelvis);
    for (const Side side : {Side::Left, Side::Right}) {
        poseArm(frame, side, side == Side::Left ? moment.left : moment.right, moment.breath);
        poseLeg(frame, side, pelvisMatrix);
    }
    poseFace(frame, moment);
    return frame;
}

} // namespace

Clip makeGreetingClip() {
    const auto frames = static_cast<int>(std::lround(kGreetingSeconds * kFramesPerSecond));
    Clip::Data data;
    data.rate = {kFramesPerSecond, 1};
    data.expressionSpace = ExpressionSpace::Arkit52;
    for (int i = 0; i < frames; ++i) {
        const FrameValues frame = greetingFrame(static_cast<float>(i) / kFramesPerSecond);
        for (const Vector3f& rotation : frame.rotations) {
            data.poses.insert(data.poses.end(), rotation.data(), rotation.data() + 3);
        }
        data.translations.insert(data.translations.end(), frame.translation.data(),
                                 frame.translation.data() + 3);
        data.expressions.insert(data.expressions.end(), frame.expression.begin(),
                                frame.expression.end());
    }
    return Clip::create(std::move(data)).value();
}

} // namespace gesture::motion
