// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/avatar_mesh.h"
#include "render/camera.h"

#include <array>
#include <cstdint>
#include <vector>

namespace gesture::render {

/// The triangles of one part in a SplitMesh.
struct PartRange {
    std::size_t firstFace = 0;
    std::size_t faceCount = 0;
    bool twoSided = false;
    float edgeMetres = 0.0F; ///< mean length of an edge in the rest pose
};

/// A mesh cut along its parts for drawing: vertices are doubled per (vertex, part), triangles stand
/// part by part. Plain data; pure function of the mesh.
struct SplitMesh {
    struct Vertex {
        std::uint32_t source = 0; ///< vertex of the undivided mesh
        std::uint32_t part = 0;
        std::array<float, 4> tint{}; ///< linear RGB, share
        float openness = 1.0F;       ///< see ambientOpenness
    };
    std::vector<Vertex> vertices;
    std::vector<std::array<std::uint32_t, 3>> faces;
    std::vector<PartRange> parts; ///< those that have faces
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

/// The triangles ordered by the joint that holds their first vertex most: those of joint j are
/// faces[begin[j] .. begin[j + 1]).
struct FacesByJoint {
    std::vector<std::array<std::uint32_t, 3>> faces; ///< (F)
    std::vector<std::uint32_t> begin;                ///< (joints + 1)
};
[[nodiscard]] FacesByJoint facesByJoint(const AvatarMesh& mesh);

/// Box around a posed mesh from its joints' rest boxes.
[[nodiscard]] Box posedBox(const Box& restBox, const JointTransform& worldFromRest);
[[nodiscard]] Box posedBounds(const std::vector<Box>& restBoxes, const AvatarPose& pose);

} // namespace gesture::render
