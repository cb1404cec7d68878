// SPDX-License-Identifier: Apache-2.0
#include "render/gpu_mesh.h"

#include "render/ambient_openness.h"
#include "render/split_mesh.h"

#include <cstddef>
#include <epoxy/gl.h>
#include <fmt/format.h>

namespace gesture::render {

namespace {

constexpr std::size_t kMaxParts = 256;

/// How a material answers light: specular, roughness, subsurface, sheen; and the openness below
/// which it does not get darker.
struct Surface {
    std::array<float, 4> response;
    float leastOpenness;
};

Surface surfaceOf(PartMaterial material) {
    switch (material) {
    case PartMaterial::Skin:
        return {{0.045F, 0.42F, 1.0F, 0.10F}, 0.12F};
    case PartMaterial::Cloth:
        return {{0.012F, 0.70F, 0.25F, 0.30F}, 0.20F};
    case PartMaterial::Leather:
        return {{0.040F, 0.34F, 0.0F, 0.16F}, 0.25F};
    case PartMaterial::Eye:
        return {{0.045F, 0.07F, 0.35F, 0.10F}, 0.42F};
    case PartMaterial::Teeth:
        return {{0.040F, 0.18F, 0.5F, 0.05F}, 0.62F};
    case PartMaterial::Mouth:
        return {{0.050F, 0.25F, 0.8F, 0.02F}, 0.22F};
    case PartMaterial::Hair:
        return {{0.020F, 0.40F, 0.1F, 0.05F}, 0.45F};
    case PartMaterial::Clay:
        return {{0.020F, 0.55F, 0.35F, 0.22F}, 0.15F};
    }
    return {};
}

PartMaterial materialOf(const AvatarMesh& mesh, std::size_t part) {
    if (!mesh.partMaterials.empty()) return mesh.partMaterials[part];
    if (mesh.partColours.size() < 2) return PartMaterial::Clay;
    return part == 0 ? PartMaterial::Skin : PartMaterial::Cloth;
}

template <typename T>
std::span<const std::byte> bytesOf(const std::vector<T>& values) {
    return std::as_bytes(std::span(values));
}

GlBuffer partsBlock(const AvatarMesh& mesh) {
    std::vector<std::array<float, 4>> block(2 * kMaxParts);
    constexpr std::array<float, 3> kClay{0.50F, 0.49F, 0.47F};
    const std::size_t parts = std::max<std::size_t>(mesh.partColours.size(), 1);
    for (std::size_t i = 0; i < parts; ++i) {
        const Surface surface =
            surfaceOf(mesh.partColours.empty() ? PartMaterial::Clay : materialOf(mesh, i));
        const auto& colour = mesh.partColours.empty() ? kClay : mesh.partColours[i];
        block[i] = {colour[0], colour[1], colour[2], surface.leastOpenness};
        block[kMaxParts + i] = surface.response;
    }
    return staticBuffer(bytesOf(block));
}

/// Floats of the bound array buffer as an attribute.
void floatAttribute(GLuint index, GLint values, std::size_t stride, std::size_t offset) {
    glEnableVertexAttribArray(index);
    glVertexAttribPointer(index, values, GL_FLOAT, GL_FALSE, static_cast<GLsizei>(stride),
                          bufferOffset(offset));
}

void integerAttribute(GLuint index, GLint values, GLenum type, std::size_t stride,
                      std::size_t offset) {
    glEnableVertexAttribArray(index);
    glVertexAttribIPointer(index, values, type, static_cast<GLsizei>(stride), bufferOffset(offset));
}

void bindIndices(std::span<const std::byte> bytes, const GlBuffer& buffer) {
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffer.id());
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, static_cast<GLsizeiptr>(bytes.size()), bytes.data(),
                 GL_STATIC_DRAW);
}

void uploadRestVertices(const AvatarMesh& mesh, GpuMesh& gpu) {
    using Influence = AvatarMesh::Influence;
    gpu.restVertices = GlVertexArray::make();
    glBindVertexArray(gpu.restVertices.id());
    gpu.vertexBuffers[0] = staticBuffer(bytesOf(mesh.positions));
    floatAttribute(0, 3, sizeof(mesh.positions[0]), 0);
    gpu.vertexBuffers[1] = staticBuffer(bytesOf(mesh.influences));
    constexpr std::size_t kJoints = offsetof(Influence, joint);
    constexpr std::size_t kWeights = offsetof(Influence, weight);
    integerAttribute(1, 4, GL_UNSIGNED_BYTE, sizeof(Influence), kJoints);
    integerAttribute(2, 4, GL_UNSIGNED_BYTE, sizeof(Influence), kJoints + 4);
    floatAttribute(3, 4, sizeof(Influence), kWeights);
    floatAttribute(4, 4, sizeof(Influence), kWeights + 4 * sizeof(float));
    const std::vector<std::uint32_t> none(mesh.blendStart.empty() ? mesh.positions.size() + 1
                                                                  : std::size_t{0});
    gpu.vertexBuffers[2] = staticBuffer(bytesOf(mesh.blendStart.empty() ? none : mesh.blendStart));
    integerAttribute(5, 1, GL_UNSIGNED_INT, sizeof(std::uint32_t), 0);
    integerAttribute(6, 1, GL_UNSIGNED_INT, sizeof(std::uint32_t), sizeof(std::uint32_t));
    gpu.blendEntries = textureBuffer(bytesOf(mesh.blendEntries), GL_RGBA32UI);
}

void uploadCorners(const AvatarMesh& mesh, GpuMesh& gpu) {
    const VertexCorners corners = cornersOf(mesh);
    gpu.vertexCorners = GlVertexArray::make();
    glBindVertexArray(gpu.vertexCorners.id());
    gpu.vertexBuffers[3] = staticBuffer(bytesOf(corners.begin));
    integerAttribute(0, 1, GL_UNSIGNED_INT, sizeof(std::uint32_t), 0);
    integerAttribute(1, 1, GL_UNSIGNED_INT, sizeof(std::uint32_t), sizeof(std::uint32_t));
    gpu.corners = textureBuffer(bytesOf(corners.others), GL_RG32UI);
}

void uploadDrawnVertices(const AvatarMesh& mesh, GpuMesh& gpu) {
    using Vertex = SplitMesh::Vertex;
    const SplitMesh split = splitByPart(mesh, ambientOpenness(mesh));
    gpu.parts = split.parts;
    gpu.drawnVertices = GlVertexArray::make();
    glBindVertexArray(gpu.drawnVertices.id());
    gpu.vertexBuffers[4] = staticBuffer(bytesOf(split.vertices));
    integerAttribute(0, 1, GL_UNSIGNED_INT, sizeof(Vertex), offsetof(Vertex, source));
    integerAttribute(1, 1, GL_UNSIGNED_INT, sizeof(Vertex), offsetof(Vertex, part));
    floatAttribute(2, 4, sizeof(Vertex), offsetof(Vertex, tint));
    floatAttribute(3, 1, sizeof(Vertex), offsetof(Vertex, openness));
    gpu.vertexBuffers[5] = GlBuffer::make();
    bindIndices(bytesOf(split.faces), gpu.vertexBuffers[5]);
    glBindVertexArray(0);
}

Status checkTexelLimit(const AvatarMesh& mesh) {
    GLint most = 0;
    glGetIntegerv(GL_MAX_TEXTURE_BUFFER_SIZE, &most);
    const std::size_t needed =
        std::max({mesh.blendEntries.size(), 3 * mesh.faces.size(), mesh.positions.size()});
    if (needed <= static_cast<std::size_t>(most)) return Status::success();
    return Error(ErrorCode::LimitExceeded,
                 fmt::format("The avatar's mesh is too large for this graphics driver: it needs "
                             "{} texels in a buffer, and {} are possible.",
                             needed, most));
}

} // namespace

Result<GpuMesh> uploadMesh(const AvatarMesh& mesh) {
    if (auto status = checkTexelLimit(mesh); !status) return std::move(status).error();
    while (glGetError() != GL_NO_ERROR) {
    }
    GpuMesh gpu;
    gpu.vertexCount = static_cast<int>(mesh.positions.size());
    gpu.faceCount = static_cast<int>(mesh.faces.size());
    uploadRestVertices(mesh, gpu);
    uploadCorners(mesh, gpu);
    uploadDrawnVertices(mesh, gpu);
    FacesByJoint sorted = facesByJoint(mesh);
    gpu.faces = staticBuffer(bytesOf(sorted.faces));
    gpu.jointFaces = std::move(sorted.begin);
    gpu.partsBlock = partsBlock(mesh);
    if (glGetError() == GL_NO_ERROR) return gpu;
    return Error(ErrorCode::OutOfMemory, "The graphics memory is too small for the avatar's mesh.");
}

DeformedMesh makeDeformedMesh(const GpuMesh& mesh) {
    const std::size_t size = static_cast<std::size_t>(mesh.vertexCount) * 4 * sizeof(float);
    DeformedMesh deformed;
    deformed.positions = deviceBuffer(size);
    deformed.normals = deviceBuffer(size);
    deformed.jointColours = deviceBuffer(size);
    deformed.positionTexels = textureOver(deformed.positions, GL_RGBA32F);
    deformed.normalTexels = textureOver(deformed.normals, GL_RGBA32F);
    deformed.jointColourTexels = textureOver(deformed.jointColours, GL_RGBA32F);
    deformed.surface = GlVertexArray::make();
    glBindVertexArray(deformed.surface.id());
    glBindBuffer(GL_ARRAY_BUFFER, deformed.positions.id());
    floatAttribute(0, 4, 4 * sizeof(float), 0);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, mesh.faces.id());
    glBindVertexArray(0);
    return deformed;
}

} // namespace gesture::render
