// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/avatar_mesh.h"

#include <vector>

namespace gesture::render {

/// How open the surface is around each vertex of the rest pose: 1 nothing near, 0 enclosed. Only
/// what lies within 7 cm counts, which stays true when the body moves: ears, nostrils, lids, lips,
/// collar. Cosine-weighted rays through a uniform grid; about 0.3 s for 12,000 vertices. All 1 for
/// meshes of more than 60,000 vertices. The mesh must have passed checkMesh. (V)
[[nodiscard]] std::vector<float> ambientOpenness(const AvatarMesh& mesh);

} // namespace gesture::render
