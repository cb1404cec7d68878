// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/interchange/scene.h"

#include <Eigen/Geometry>
#include <assimp/matrix4x4.h>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

struct aiNode;
struct aiScene;

namespace gesture::app {

using Eigen::Affine3d;

/// Assimp's matrix (row-major, column vectors).
[[nodiscard]] Affine3d affineOf(const aiMatrix4x4& matrix);

/// A node of the file and where it is, in the file's units.
struct RigNode {
    const aiNode* node = nullptr;
    int parent = -1; ///< Index of another node, which comes before this one.
    Affine3d worldFromNode = Affine3d::Identity();
};

/// What an Assimp scene is made of, flat. Parents come first.
struct RigNodes {
    std::vector<RigNode> nodes;
    /// First node of a name: meshes name their bones.
    std::unordered_map<std::string, std::size_t> byName;
    double metresPerUnit = 1;
    /// glTF: meshes with bones stand where their bones say, whatever their own node says.
    bool skinsIgnoreNodes = false;

    /// Where a mesh of this node stands in the rest pose.
    [[nodiscard]] Affine3d worldFromMesh(std::size_t node, bool skinned) const;
};

/// LimitExceeded with more than 200,000 nodes; InvalidInput for numbers that are not finite.
[[nodiscard]] Result<RigNodes> flattenNodes(const aiScene& scene, const std::string& extension);

/// The bones of all meshes in their bind pose, with what lies between and below them.
struct RigSkeleton {
    std::vector<interchange::SceneJoint> joints; ///< Metres.
    std::vector<int> jointOfNode;                ///< Per node; -1: none.
};

/// InvalidInput when no mesh has bones, or a bone has zero scale; LimitExceeded.
[[nodiscard]] Result<RigSkeleton> buildSkeleton(const aiScene& scene, const RigNodes& nodes);

} // namespace gesture::app
