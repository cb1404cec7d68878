// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/avatar_mesh.h"
#include "render/camera.h"

#include <array>
#include <cstdint>
#include <vector>

namespace gesture::render {

/// A mesh cut along its parts for drawing: vertices are doubled per (vertex, part), triangles of
/// one-sided parts stand before those of two-sided ones. Plain data; pure function of the mesh.
struct SplitMesh {
    struct Vertex {
        std::uint32_t source = 0; ///< vertex of the undivided mesh
        std::uint32_t part = 0;
        std::array<float, 4> tint{}; ///< linear RGB, share
        float openness = 1.0F;       ///< see ambientOpenness
    };
    std::vector<Vertex> vertices;
    std::vector<std::array<std::uint32_t, 3>> faces;
    std::size_t oneSidedFaces = 0; ///< the first so many faces are drawn with culling
};

/// `openness` is one value a vertex of the mesh. The mesh must have passed checkMesh.
[[nodiscard]] SplitMesh splitByPart(const AvatarMesh& mesh, const std::vector<float>& openness);

/// The corners at each vertex: for vertex v, others[begin[v] .. begin[v + 1]) are the two other
/// vertices of each adjacent triangle, in the triangle's turning order.
struct VertexCorners {
    std::vector<std::uint32_t> begin;                 ///< (V + 1)
    std::vector<std::array<std::uint32_t, 2>> others; ///< (3 F)
};
[[nodiscard]] VertexCorners cornersOf(const AvatarMesh& mesh);

/// Per joint the box, in the rest pose, of the used vertices on which the joint has a share of at
/// least a quarter; empty where there are none. (joints)
[[nodiscard]] std::vector<Box> restBoxes(const AvatarMesh& mesh);

/// Box around a posed mesh from its joints' rest boxes.
[[nodiscard]] Box posedBounds(const std::vector<Box>& restBoxes, const AvatarPose& pose);

} // namespace gesture::render
