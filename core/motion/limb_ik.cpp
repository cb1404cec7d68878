// SPDX-License-Identifier: Apache-2.0
#include "core/motion/limb_ik.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

namespace gesture::motion {

namespace {

/// Share of the limb's length that a stretched limb reaches: a joint that is all but straight would
/// jump about.
constexpr float kMaxReach = 0.998F;

/// The part of `v` perpendicular to the unit vector `axis`, of length 1.
Eigen::Vector3f perpendicular(const Eigen::Vector3f& v, const Eigen::Vector3f& axis) {
    return (v - v.dot(axis) * axis).normalized();
}

/// Columns: along the bone, the hinge of the middle joint, and the side it bends to.
Eigen::Matrix3f boneFrame(const Eigen::Vector3f& bone, const Eigen::Vector3f& hinge) {
    Eigen::Matrix3f frame;
    frame << bone, hinge, bone.cross(hinge);
    return frame;
}

Eigen::Matrix3f restFrame(const Eigen::Vector3f& bone, const Eigen::Vector3f& flexion) {
    return boneFrame(bone, perpendicular(flexion, bone).cross(bone));
}

} // namespace

LimbRotations solveLimb(const RestLimb& rest, const Eigen::Vector3f& end,
                        const Eigen::Vector3f& pole) {
    const Eigen::Vector3f upperRest = rest.middle - rest.root;
    const Eigen::Vector3f lowerRest = rest.end - rest.middle;
    const float upper = upperRest.norm();
    const float lower = lowerRest.norm();
    const Eigen::Vector3f toEnd = end - rest.root;
    const float nearest = std::abs(upper - lower) + 0.01F * (upper + lower);
    const float distance = std::clamp(toEnd.norm(), nearest, kMaxReach * (upper + lower));
    const Eigen::Vector3f direction = toEnd.normalized();
    const Eigen::Vector3f side = perpendicular(pole, direction);
    const float cosine = std::clamp((upper * upper + distance * distance - lower * lower) /
                                        (2.0F * upper * distance),
                                    -1.0F, 1.0F);
    const float sine = std::sqrt(1.0F - cosine * cosine);
    const Eigen::Vector3f upperBone = cosine * direction + sine * side;
    const Eigen::Vector3f lowerBone =
        ((distance * direction - upper * upperBone) / lower).normalized();
    const Eigen::Vector3f hinge = direction.cross(side);

    LimbRotations rotations;
    rotations.root =
        boneFrame(upperBone, hinge) * restFrame(upperRest / upper, rest.flexion).transpose();
    const Eigen::Matrix3f lowerTurned =
        boneFrame(lowerBone, hinge) * restFrame(lowerRest / lower, rest.flexion).transpose();
    rotations.middle = rotations.root.transpose() * lowerTurned;
    return rotations;
}

} // namespace gesture::motion
