// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace gesture::render {

/// worldFromRest of one joint: upper three rows, row-major.
using JointTransform = Eigen::Matrix<float, 3, 4, Eigen::RowMajor>;

/// One non-zero displacement of one vertex in one blend shape, metres at weight 1.
struct BlendEntry {
    std::uint32_t shape = 0;
    float dx = 0, dy = 0, dz = 0;
};

/// How the surface of a part answers light.
enum class PartMaterial : std::uint8_t { Skin, Cloth, Leather, Eye, Teeth, Mouth, Hair, Clay };

/// Material that fits a part's usual name ("skin", "suit_top", "shoe", "iris", …); Cloth for
/// names that are not known.
[[nodiscard]] PartMaterial materialForPartName(std::string_view name);

/// A skinned mesh as the GPU gets it. Positions are of the rest pose with the body shape applied.
/// Blend shapes are sparse, sorted by vertex: entries of vertex v are
/// blendEntries[blendStart[v] .. blendStart[v+1]).
struct AvatarMesh {
    static constexpr int kMaxInfluences = 8;
    struct Influence {
        std::array<std::uint8_t, kMaxInfluences> joint{};
        std::array<float, kMaxInfluences> weight{}; ///< Sums to 1; unused ones are 0.
    };
    std::vector<std::array<float, 3>> positions;     ///< (V) metres
    std::vector<Influence> influences;               ///< (V)
    std::vector<std::array<std::uint32_t, 3>> faces; ///< (F)
    std::vector<std::uint8_t> partIds;             ///< (F) index into partColours; empty: one part
    std::vector<std::array<float, 3>> partColours; ///< linear RGB
    std::vector<PartMaterial>
        partMaterials; ///< one a part; empty: Skin for part 0 of several, else Clay or Cloth
    std::vector<std::array<float, 4>> tints; ///< (V) linear RGB + alpha over part 0, or empty
    std::vector<std::uint32_t> blendStart;   ///< (V + 1), or empty
    std::vector<BlendEntry> blendEntries;
    int shapeCount = 0;
    int jointCount = 0;
    std::vector<std::uint8_t> twoSidedParts; ///< part ids drawn without culling
    std::vector<int> jointParents;           ///< for the skeleton view, -1 for the root
};

/// What changes each frame.
struct AvatarPose {
    std::vector<JointTransform> worldFromRest; ///< (joints)
    std::vector<float> blendWeights;           ///< (shapeCount)
    std::vector<std::array<float, 3>> joints;  ///< (joints) world positions, for the skeleton view
    /// (V) rest positions in place of the mesh's, for bodies that are deformed elsewhere. Give them
    /// with every pose of a mesh or with none.
    std::vector<std::array<float, 3>> restPositions;
};

} // namespace gesture::render
