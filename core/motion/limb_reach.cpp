// SPDX-License-Identifier: Apache-2.0
#include "core/motion/limb_reach.h"

#include "core/base/assert.h"
#include "core/motion/limb_ik.h"

#include <Eigen/Geometry>

namespace gesture::motion {

namespace {

using Eigen::Matrix3f;
using Eigen::Vector3f;

constexpr int kLeftHip = 1;
constexpr int kRightHip = 2;
constexpr int kLeftKnee = 4;
constexpr int kRightKnee = 5;

std::size_t index(int joint) { return static_cast<std::size_t>(joint); }

Vector3f restAt(std::span<const float, kPoseSize> rest, int joint) {
    return {rest[3 * index(joint)], rest[3 * index(joint) + 1], rest[3 * index(joint) + 2]};
}

/// Where the middle joint points to off the line from root to end, in the world.
Vector3f poleOf(const Limb& limb, const SkeletonPose& pose) {
    constexpr float kStraight = 0.02F; // share of the limb's length
    const Vector3f line = pose.positions[index(limb.end)] - pose.positions[index(limb.root)];
    const Vector3f middle = pose.positions[index(limb.middle)] - pose.positions[index(limb.root)];
    const Vector3f direction = line.normalized();
    Vector3f off = middle - middle.dot(direction) * direction;
    if (off.norm() > kStraight * line.norm()) return off;
    const Vector3f bend = pose.worldFromJoint[index(limb.root)] * -limb.flexion;
    Vector3f side = bend - bend.dot(direction) * direction;
    return side.norm() > kStraight ? side : direction.unitOrthogonal();
}

/// One step towards the target. A limb that was all but straight is solved as slightly bent, so
/// that it takes a second step to be exact.
void step(const Limb& limb, const Vector3f& target, std::span<const float, kPoseSize> restJoints,
          JointRotations& local, const SkeletonPose& pose) {
    const int parent = jointParents()[index(limb.root)];
    const Matrix3f parentFromWorld = pose.worldFromJoint[index(parent)].transpose();
    const RestLimb rest{restAt(restJoints, limb.root), restAt(restJoints, limb.middle),
                        restAt(restJoints, limb.end), limb.flexion};
    const Vector3f rootNow = pose.positions[index(limb.root)];
    const Vector3f from = parentFromWorld * (pose.positions[index(limb.end)] - rootNow);
    const Vector3f to = parentFromWorld * (target - rootNow);
    if (to.norm() < 1e-4F || from.norm() < 1e-4F) return;
    const Vector3f pole = parentFromWorld * poleOf(limb, pose);
    const Matrix3f turn = Eigen::Quaternionf::FromTwoVectors(from, to).toRotationMatrix();
    const LimbRotations before = solveLimb(rest, rest.root + from, pole);
    const LimbRotations after = solveLimb(rest, rest.root + to, turn * pole);

    const Matrix3f lower = local[index(limb.root)] * local[index(limb.middle)];
    const Matrix3f newRoot = after.root * before.root.transpose() * local[index(limb.root)];
    const Matrix3f newLower =
        after.root * after.middle * (before.root * before.middle).transpose() * lower;
    local[index(limb.root)] = newRoot;
    local[index(limb.middle)] = newRoot.transpose() * newLower;
}

} // namespace

Limb limbOf(int end) {
    switch (end) {
    case kLeftWrist:
        return {kLeftShoulder, kLeftElbow, kLeftWrist, Vector3f::UnitZ()};
    case kRightWrist:
        return {kRightShoulder, kRightElbow, kRightWrist, Vector3f::UnitZ()};
    case kLeftAnkle:
        return {kLeftHip, kLeftKnee, kLeftAnkle, -Vector3f::UnitZ()};
    default:
        GESTURE_ASSERT(end == kRightAnkle);
        return {kRightHip, kRightKnee, kRightAnkle, -Vector3f::UnitZ()};
    }
}

void reachWithLimb(const Limb& limb, const Vector3f& target, LimbEnd end,
                   std::span<const float, kPoseSize> restJoints, JointRotations& parentFromJoint,
                   SkeletonPose& pose) {
    constexpr int kSteps = 2;
    const Matrix3f worldFromEnd = pose.worldFromJoint[index(limb.end)];
    const Vector3f translation = pose.positions[kPelvis] - restAt(restJoints, kPelvis);
    for (int i = 0; i < kSteps; ++i) {
        step(limb, target, restJoints, parentFromJoint, pose);
        pose = forwardKinematics(parentFromJoint, restJoints, translation);
    }
    if (end == LimbEnd::GoesAlong) return;
    parentFromJoint[index(limb.end)] =
        pose.worldFromJoint[index(limb.middle)].transpose() * worldFromEnd;
    pose = forwardKinematics(parentFromJoint, restJoints, translation);
}

} // namespace gesture::motion
