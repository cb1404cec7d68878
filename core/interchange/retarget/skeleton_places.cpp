// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/retarget/skeleton_places.h"

namespace gesture::interchange {

namespace {

/// Chains joint `i` to its parent, whose place is known.
void chain(const std::vector<SceneJoint>& joints, std::size_t i,
           const Eigen::Quaterniond& parentFromJoint, const Eigen::Vector3d& inParent,
           SkeletonPlaces& pose) {
    if (joints[i].parent < 0) {
        pose.rotations[i] = parentFromJoint;
        pose.positions[i] = inParent;
        return;
    }
    const auto parent = static_cast<std::size_t>(joints[i].parent);
    pose.rotations[i] = (pose.rotations[parent] * parentFromJoint).normalized();
    pose.positions[i] = pose.positions[parent] + pose.rotations[parent] * inParent;
}

void resize(SkeletonPlaces& pose, std::size_t joints) {
    pose.rotations.resize(joints);
    pose.positions.resize(joints);
}

} // namespace

SkeletonPlaces restPlaces(const std::vector<SceneJoint>& joints) {
    SkeletonPlaces pose;
    resize(pose, joints.size());
    for (std::size_t i = 0; i < joints.size(); ++i)
        chain(joints, i, joints[i].restRotation.cast<double>().normalized(),
              joints[i].restTranslation.cast<double>(), pose);
    return pose;
}

void placesAt(const Scene& scene, const SceneAnimation& animation, std::int64_t frame,
              SkeletonPlaces& out) {
    const std::size_t joints = scene.joints.size();
    resize(out, joints);
    const Eigen::Quaternionf* const rotations =
        animation.rotations.data() + static_cast<std::size_t>(frame) * joints;
    const std::size_t moving = animation.movingJoints.size();
    const Eigen::Vector3f* const translations =
        animation.translations.data() + static_cast<std::size_t>(frame) * moving;
    out.inParent.resize(joints);
    for (std::size_t i = 0; i < joints; ++i)
        out.inParent[i] = scene.joints[i].restTranslation;
    for (std::size_t i = 0; i < moving; ++i)
        out.inParent[static_cast<std::size_t>(animation.movingJoints[i])] = translations[i];
    for (std::size_t i = 0; i < joints; ++i)
        chain(scene.joints, i, rotations[i].cast<double>().normalized(),
              out.inParent[i].cast<double>(), out);
}

} // namespace gesture::interchange
