// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/free_avatar_layout.h"
#include "core/avatar/geometry64.h"
#include "core/avatar/kept_mesh.h"
#include "core/avatar/obj_mesh.h"

#include <array>
#include <vector>

namespace gesture::avatar {

/// Triangles of the whole avatar and what they look like, one entry each.
struct FreeAvatarTriangles {
    std::vector<Triangle> faces;        ///< Avatar vertices.
    std::vector<Triangle> textureFaces; ///< Indices into `textureCoordinates`.
    std::vector<std::uint8_t> partIds;
    std::vector<std::array<float, 2>> textureCoordinates;
};

/// Cuts each quad along its shorter diagonal in the T-pose and adds hems and eyes.
[[nodiscard]] FreeAvatarTriangles makeFreeAvatarTriangles(const ObjMesh& mesh, const KeptMesh& kept,
                                                          const FreeAvatarLayout& layout,
                                                          const Points64& tPose);

} // namespace gesture::avatar
