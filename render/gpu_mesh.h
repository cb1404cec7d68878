// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/avatar_mesh.h"
#include "render/gl_objects.h"
#include "render/split_mesh.h"

namespace gesture::render {

/// A mesh in device memory: everything that stays the same from frame to frame.
struct GpuMesh {
    int vertexCount = 0;
    int faceCount = 0;
    std::vector<PartRange> parts;          ///< of the split mesh's faces
    GlVertexArray restVertices;            ///< input of skin.vert
    GlVertexArray vertexCorners;           ///< input of normals.vert
    GlVertexArray drawnVertices;           ///< input of avatar.vert, with indices
    GlBuffer faces;                        ///< indices of the undivided mesh, ordered by joint
    std::vector<std::uint32_t> jointFaces; ///< where each joint's faces begin (joints + 1)
    GlBuffer partsBlock;                   ///< uniform block Parts
    TextureBuffer blendEntries;
    TextureBuffer corners;
    std::array<GlBuffer, 6> vertexBuffers; ///< what the arrays above read
};

/// Uploads a mesh that passed checkMesh. LimitExceeded when the device has too small texture
/// buffers, OutOfMemory when its memory is full. Needs a current context.
[[nodiscard]] Result<GpuMesh> uploadMesh(const AvatarMesh& mesh);

/// One posed copy of a mesh in device memory, written by the Deformer each frame.
struct DeformedMesh {
    GlBuffer positions;    ///< (V) four floats
    GlBuffer normals;      ///< (V) four floats
    GlBuffer jointColours; ///< (V) linear RGB, share
    GlTexture positionTexels;
    GlTexture normalTexels;
    GlTexture jointColourTexels;
    GlVertexArray surface; ///< input of depth.vert, with the undivided mesh's indices
    bool hasJointColours = false;
    std::vector<int> lowJoints; ///< those with skin near the floor, set each frame
};
[[nodiscard]] DeformedMesh makeDeformedMesh(const GpuMesh& mesh);

} // namespace gesture::render
