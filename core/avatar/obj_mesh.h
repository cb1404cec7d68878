// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/geometry64.h"
#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::avatar {

/// Four corners, counter-clockwise seen from outside.
using Quad = std::array<std::uint32_t, 4>;

/// Quads of one obj group with the texture coordinates of their corners.
struct QuadGroup {
    std::vector<Quad> quads;        ///< Vertex indices, 0-based.
    std::vector<Quad> textureQuads; ///< Texture coordinate indices, one per quad.
};

/// The MakeHuman base mesh as its obj file holds it. Value type.
struct ObjMesh {
    Points64 vertices; ///< (vertices, 3) decimetres.
    std::vector<std::array<float, 2>> textureCoordinates;
    std::map<std::string, QuadGroup, std::less<>> groups; ///< A name that recurs is appended to.

    /// Group of that name; asserts that it exists (the file's hash was checked).
    [[nodiscard]] const QuadGroup& group(std::string_view name) const;
    /// Vertices of a group, ascending, each once.
    [[nodiscard]] std::vector<std::uint32_t> groupVertices(std::string_view name) const;
};

/// Parses obj text of quads `f v/t v/t v/t v/t`. InvalidInput names the line.
[[nodiscard]] Result<ObjMesh> parseObjMesh(std::string_view text);

} // namespace gesture::avatar
