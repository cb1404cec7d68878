// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/avatar_mesh.h"

#include <vector>

namespace gesture::test {

/// Joints of the capsule figure.
enum CapsuleJoint : int {
    Hips,
    Chest,
    Head,
    LeftUpperArm,
    LeftForearm,
    RightUpperArm,
    RightForearm,
    LeftThigh,
    LeftShin,
    RightThigh,
    RightShin,
    CapsuleJointCount
};

/// A figure of capsules, 1.7 m tall, standing on y = 0 in a T-pose and facing +Z; left is +X.
/// Parts: 0 skin (head and forearms, tinted on top of the head), 1 top, 2 legs. One blend shape
/// makes the head grow, a second moves the left forearm.
struct CapsuleFigure {
    render::AvatarMesh mesh;
    std::vector<std::array<float, 3>> restJoints; ///< (joints)
};
CapsuleFigure makeCapsuleFigure();

/// The figure with its joints turned: `axisAngles` (joints, 3) in radians, relative to the rest
/// pose; the hips are moved by `offset`.
render::AvatarPose posed(const CapsuleFigure& figure,
                         const std::vector<std::array<float, 3>>& axisAngles,
                         std::array<float, 3> offset = {});

/// Arms down and a little bent, weight on both feet.
render::AvatarPose relaxedPose(const CapsuleFigure& figure);

/// A random mesh that no body looks like: every vertex has eight influences and some blend shape
/// entries. Same numbers in every run.
render::AvatarMesh makeRandomMesh(int vertices, int joints, int shapes);
render::AvatarPose makeRandomPose(const render::AvatarMesh& mesh);

/// What the GPU should compute, in double precision. (V)
std::vector<std::array<double, 3>> skinnedReference(const render::AvatarMesh& mesh,
                                                    const render::AvatarPose& pose);

} // namespace gesture::test
