// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/geometry64.h"
#include "core/avatar/obj_mesh.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::avatar {

/// A point that follows the mesh: the mean of some of its vertices.
struct MeshPoint {
    std::vector<std::uint32_t> vertices;

    [[nodiscard]] Eigen::Vector3d on(const Points64& mesh) const;
};

struct SkinWeight {
    std::uint32_t vertex = 0;
    double weight = 0.0;
};

struct Bone {
    std::string name;
    int parent = -1; ///< Index below this bone's own; -1 for the root.
    MeshPoint head;
    MeshPoint tail;
    std::vector<SkinWeight> weights;
};

/// The MakeHuman default rig with its skin weights. Value type.
struct Rig {
    std::vector<Bone> bones; ///< Parents stand before their children.

    /// Index of a bone; asserts that it exists (the file's hash was checked).
    [[nodiscard]] int indexOf(std::string_view bone) const;
};

/// Parses the two JSON files for `mesh`. InvalidInput for wrong JSON, unknown bones or groups,
/// vertices out of range, and parents that form a cycle.
[[nodiscard]] Result<Rig> parseRig(std::string_view rigJson, std::string_view weightsJson,
                                   const ObjMesh& mesh);

} // namespace gesture::avatar
