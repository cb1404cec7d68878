// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/geometry64.h"
#include "core/avatar/kept_mesh.h"

#include <array>
#include <cstdint>
#include <vector>

namespace gesture::avatar {

using Triangle = std::array<std::uint32_t, 3>;

/// A unit sphere about +Z with rings that outline pupil and iris. Value type.
struct Eyeball {
    Points64 directions; ///< (386, 3) unit vectors
    std::vector<Triangle> triangles;
    std::vector<Part> parts;                              ///< One per triangle.
    std::vector<std::array<float, 2>> textureCoordinates; ///< One per vertex.
};

[[nodiscard]] Eyeball makeEyeball();

} // namespace gesture::avatar
