// SPDX-License-Identifier: Apache-2.0
#include "core/motion/forward_kinematics.h"

#include "core/base/rotation.h"

namespace gesture::motion {

namespace {

Eigen::Vector3f vectorAt(std::span<const float, kPoseSize> values, std::size_t joint) {
    return {values[3 * joint], values[3 * joint + 1], values[3 * joint + 2]};
}

} // namespace

JointRotations localRotations(std::span<const float, kPoseSize> axisAngles) {
    JointRotations rotations;
    for (std::size_t j = 0; j < kJointCount; ++j) {
        rotations[j] = rodriguesMatrix(vectorAt(axisAngles, j));
    }
    return rotations;
}

SkeletonPose forwardKinematics(const JointRotations& parentFromJoint,
                               std::span<const float, kPoseSize> restJoints,
                               const Eigen::Vector3f& translation) {
    SkeletonPose pose;
    pose.worldFromJoint[kPelvis] = parentFromJoint[kPelvis];
    pose.positions[kPelvis] = vectorAt(restJoints, kPelvis) + translation;
    for (std::size_t j = 1; j < kJointCount; ++j) {
        const auto parent = static_cast<std::size_t>(jointParents()[j]);
        const Eigen::Vector3f offset = vectorAt(restJoints, j) - vectorAt(restJoints, parent);
        pose.worldFromJoint[j].noalias() = pose.worldFromJoint[parent] * parentFromJoint[j];
        pose.positions[j] = pose.positions[parent] + pose.worldFromJoint[parent] * offset;
    }
    return pose;
}

} // namespace gesture::motion
