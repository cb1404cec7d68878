// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/geometry64.h"
#include "core/avatar/joint_rig.h"
#include "core/avatar/rig.h"

#include <vector>

namespace gesture::avatar {

/// A mesh and its joints after the bake.
struct BakedMesh {
    Points64 vertices; ///< (vertices, 3) metres
    Points64 joints;   ///< (55, 3) metres
};

/// Skins a rest mesh with the full rig, each bone at a fixed world rotation. Because the rotations
/// are fixed the result is linear in the mesh, so shape offsets can be baked alike. References rig
/// and joints, which must outlive it.
class Bake {
public:
    Bake(const Rig& rig, const JointRig& joints, std::vector<Eigen::Matrix3d> rotations)
        : rig_(rig)
        , joints_(joints)
        , rotations_(std::move(rotations)) {}

    /// `restMesh` in metres, all vertices of the obj.
    [[nodiscard]] BakedMesh operator()(const Points64& restMesh) const;

    /// Turns offsets that move no joint (face units) into the T-pose.
    [[nodiscard]] Points64 rotateOffsets(const Points64& offsets) const;

private:
    [[nodiscard]] Points64 placeHeads(const Points64& heads) const;

    const Rig& rig_;
    const JointRig& joints_;
    std::vector<Eigen::Matrix3d> rotations_;
};

} // namespace gesture::avatar
