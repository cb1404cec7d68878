// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/bake.h"

namespace gesture::avatar {

Points64 Bake::placeHeads(const Points64& heads) const {
    Points64 placed(heads.rows(), 3);
    for (std::size_t b = 0; b < rig_.bones.size(); ++b) {
        const auto row = static_cast<Eigen::Index>(b);
        const int parent = rig_.bones[b].parent;
        if (parent < 0) {
            placed.row(row) = heads.row(row);
            continue;
        }
        const Eigen::Vector3d fromParent = heads.row(row) - heads.row(parent);
        const Eigen::Vector3d turned = rotations_[static_cast<std::size_t>(parent)] * fromParent;
        placed.row(row) = placed.row(parent) + turned.transpose();
    }
    return placed;
}

BakedMesh Bake::operator()(const Points64& restMesh) const {
    const auto boneCount = static_cast<Eigen::Index>(rig_.bones.size());
    Points64 heads(boneCount, 3);
    for (Eigen::Index b = 0; b < boneCount; ++b) {
        heads.row(b) = rig_.bones[static_cast<std::size_t>(b)].head.on(restMesh);
    }
    const Points64 placed = placeHeads(heads);
    const auto bakedPoint = [&](Eigen::Index b, const Eigen::Vector3d& point) {
        const Eigen::Vector3d head = heads.row(b);
        const Eigen::Vector3d target = placed.row(b);
        return Eigen::Vector3d(rotations_[static_cast<std::size_t>(b)] * (point - head) + target);
    };

    BakedMesh baked{Points64::Zero(restMesh.rows(), 3), Points64(motion::kJointCount, 3)};
    for (Eigen::Index b = 0; b < boneCount; ++b) {
        for (const SkinWeight& skin : rig_.bones[static_cast<std::size_t>(b)].weights) {
            baked.vertices.row(skin.vertex) +=
                skin.weight * bakedPoint(b, restMesh.row(skin.vertex)).transpose();
        }
    }
    const Points64 restJoints = joints_.on(restMesh);
    for (Eigen::Index j = 0; j < motion::kJointCount; ++j) {
        const int owner = joints_.joints[static_cast<std::size_t>(j)].owner;
        baked.joints.row(j) = bakedPoint(owner, restJoints.row(j));
    }
    return baked;
}

Points64 Bake::rotateOffsets(const Points64& offsets) const {
    Points64 rotated = Points64::Zero(offsets.rows(), 3);
    for (std::size_t b = 0; b < rig_.bones.size(); ++b) {
        const Eigen::Matrix3d fromRest = rotations_[b].transpose();
        for (const SkinWeight& skin : rig_.bones[b].weights) {
            rotated.row(skin.vertex) += skin.weight * offsets.row(skin.vertex) * fromRest;
        }
    }
    return rotated;
}

} // namespace gesture::avatar
