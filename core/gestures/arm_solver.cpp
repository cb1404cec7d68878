// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/arm_solver.h"

#include "core/gestures/bell_filter.h"
#include "core/motion/average_skeleton.h"
#include "core/motion/skeleton.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace gesture::gestures {

namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;

constexpr double kRadians = std::numbers::pi / 180.0;
constexpr double kTurn = 2.0 * std::numbers::pi;
constexpr double kNearestMetres = 0.12;        ///< Nearer than this to the shoulder no wrist comes.
constexpr double kMaxReach = 0.995;            ///< Share of the arm's length: elbows stay soft.
constexpr double kElbowShare = 0.45;           ///< Of the forearm's twist; the rest is the wrist's.
constexpr double kRestTwist = 30.0 * kRadians; ///< About where forearms are when one speaks.
constexpr double kTwistSmoothing = 1.5;        ///< Frames.

/// Where an arm that is not yet turned lies: of each frame's rotations those that do not depend on
/// the twist.
struct BentArm {
    Matrix3d upper;     ///< Columns: along the bone, the hinge, the side to which it bends.
    double bend = 0.0;  ///< Of the elbow, radians.
    double twist = 0.0; ///< That the palm asks for, radians in (-pi, pi].
};

/// The part of `v` perpendicular to the unit vector `axis`, of length 1; zero when there is none.
Vector3d perpendicular(const Vector3d& v, const Vector3d& axis) {
    const Vector3d part = v - v.dot(axis) * axis;
    const double length = part.norm();
    return length > 1e-9 ? Vector3d(part / length) : Vector3d::Zero();
}

/// Columns as in BentArm::upper.
Matrix3d boneFrame(const Vector3d& bone, const Vector3d& bendSide) {
    Matrix3d frame;
    frame << bone, bendSide.cross(bone), bendSide;
    return frame;
}

/// Of a bone in the T-pose: elbows bend forwards there.
Matrix3d restFrame(const Eigen::Vector3f& bone) {
    const Vector3d along = bone.cast<double>().normalized();
    return boneFrame(along, perpendicular(Vector3d::UnitZ(), along));
}

Matrix3d turned(const Vector3d& axis, double radians) {
    return Eigen::AngleAxisd(radians, axis).toRotationMatrix();
}

Eigen::Vector3f rotationVector(const Matrix3d& rotation) {
    const Eigen::AngleAxisd turn(rotation);
    return (turn.angle() * turn.axis()).cast<float>();
}

BentArm bendArm(const ArmVector& control, const ArmBones& bones) {
    const double upper = bones.upper.norm();
    const double fore = bones.fore.norm();
    const Vector3d target = (upper + fore) * control.segment<3>(kWristPlace);
    const double distance = std::clamp(target.norm(), kNearestMetres, kMaxReach * (upper + fore));
    const Vector3d along = target.normalized();
    const Vector3d elbowSide = turned(along, control[kSwivelPlace] * kRadians) *
                               perpendicular(Vector3d(0.55, -1.0, -0.45), along);
    const double cosine =
        (upper * upper + distance * distance - fore * fore) / (2.0 * upper * distance);
    const double sine = std::sqrt(std::max(0.0, 1.0 - cosine * cosine));
    const Vector3d bone = cosine * along + sine * elbowSide;
    const Vector3d forearm = (distance * along - upper * bone) / fore;
    BentArm arm;
    arm.bend = std::acos(std::clamp(bone.dot(forearm), -1.0, 1.0));
    Vector3d side = perpendicular(forearm, bone);
    if (side.isZero()) side = -elbowSide;
    arm.upper = boneFrame(bone, side);
    const Matrix3d unturned = arm.upper * turned(Vector3d::UnitY(), -arm.bend);
    const Vector3d palm = control.segment<3>(kPalmPlace).normalized();
    arm.twist = std::atan2(-palm.dot(unturned.col(2)), -palm.dot(unturned.col(1)));
    return arm;
}

/// The same angles without jumps by whole turns, the middle one as near to `kRestTwist` as can be;
/// an angle that leaves the forearm's range by far comes back from the other side.
void unwrap(std::vector<double>& angles) {
    for (std::size_t i = 1; i < angles.size(); ++i)
        angles[i] -= kTurn * std::round((angles[i] - angles[i - 1]) / kTurn);
    std::vector<double> sorted = angles;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    const double shift = kTurn * std::round((*middle - kRestTwist) / kTurn);
    constexpr double kTooFar = 225.0 * kRadians;
    double turns = 0.0;
    for (double& angle : angles) {
        angle -= shift;
        while (angle - turns - kRestTwist > kTooFar)
            turns += kTurn;
        while (angle - turns - kRestTwist < -kTooFar)
            turns -= kTurn;
        angle -= turns;
    }
}

std::vector<double> twistsOf(const std::vector<BentArm>& arms, TwistRange range) {
    std::vector<double> twists;
    twists.reserve(arms.size());
    for (const BentArm& arm : arms)
        twists.push_back(arm.twist);
    unwrap(twists);
    for (double& twist : twists)
        twist = std::clamp(twist, range.low * kRadians, range.high * kRadians);
    return bellFiltered(twists, kTwistSmoothing);
}

Vector3d collarDegrees(const ArmVector& control) {
    const double up = control[kWristPlace + 1];
    const double forward = control[kWristPlace + 2];
    return {0.0, -std::clamp(14.0 * (forward - 0.45), -3.0, 7.0),
            std::clamp(12.0 * (up + 0.2), -4.0, 14.0)};
}

} // namespace

ArmBones averageArm() {
    const auto joints = motion::averageRestJoints();
    const auto at = [&](int joint) {
        const auto first = 3 * static_cast<std::size_t>(joint);
        return Eigen::Vector3f(joints[first], joints[first + 1], joints[first + 2]);
    };
    return {at(motion::kLeftElbow) - at(motion::kLeftShoulder),
            at(motion::kLeftWrist) - at(motion::kLeftElbow)};
}

std::vector<ArmPose> solveArm(std::span<const ArmVector> controls, const ArmBones& bones,
                              std::span<const double> shrug, TwistRange range) {
    std::vector<BentArm> arms;
    arms.reserve(controls.size());
    for (const ArmVector& control : controls)
        arms.push_back(bendArm(control, bones));
    const std::vector<double> twists = twistsOf(arms, range);
    const Matrix3d upperRest = restFrame(bones.upper);
    const Matrix3d foreRest = restFrame(bones.fore);
    std::vector<ArmPose> poses(controls.size());
    for (std::size_t i = 0; i < poses.size(); ++i) {
        const auto along = [&](double share) {
            return turned(Vector3d::UnitX(), share * twists[i]);
        };
        Vector3d collar = kRadians * collarDegrees(controls[i]);
        if (!shrug.empty()) collar.z() += kRadians * shrug[i];
        const Matrix3d carried = turned(collar.stableNormalized(), collar.norm());
        poses[i].collar = collar.cast<float>();
        poses[i].shoulder =
            rotationVector(carried.transpose() * arms[i].upper * upperRest.transpose());
        poses[i].elbow = rotationVector(upperRest * turned(Vector3d::UnitY(), -arms[i].bend) *
                                        along(kElbowShare) * foreRest.transpose());
        poses[i].wrist =
            rotationVector(foreRest * along(1.0 - kElbowShare) *
                           turned(Vector3d::UnitZ(), -kRadians * controls[i][kFlexionPlace]) *
                           foreRest.transpose());
    }
    return poses;
}

} // namespace gesture::gestures
