// SPDX-License-Identifier: Apache-2.0
#include "app/stage/avatar_mesh_builder.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gesture::app {

namespace {

using motion::BodyModelData;
using motion::RowMatrix;
using render::AvatarMesh;

constexpr std::int64_t kMaxGpuEntries = 1'500'000;

/// Colour of a body that brings none: matte clay.
constexpr std::array<std::uint8_t, 3> kClay{188, 186, 182};

float linearFromSrgb(std::uint8_t value) {
    const float x = static_cast<float>(value) / 255.0F;
    return x <= 0.04045F ? x / 12.92F : std::pow((x + 0.055F) / 1.055F, 2.4F);
}

std::array<float, 3> linearColour(const std::array<std::uint8_t, 3>& srgb) {
    return {linearFromSrgb(srgb[0]), linearFromSrgb(srgb[1]), linearFromSrgb(srgb[2])};
}

/// The eight largest weights of a vertex, renormalised.
AvatarMesh::Influence strongestInfluences(const RowMatrix& weights, Eigen::Index vertex) {
    std::array<int, motion::kJointCount> order{};
    std::iota(order.begin(), order.end(), 0);
    std::partial_sort(order.begin(), order.begin() + AvatarMesh::kMaxInfluences, order.end(),
                      [&](int a, int b) { return weights(vertex, a) > weights(vertex, b); });
    AvatarMesh::Influence influence;
    float sum = 0.0F;
    for (std::size_t i = 0; i < AvatarMesh::kMaxInfluences; ++i) {
        influence.joint[i] = static_cast<std::uint8_t>(order[i]);
        influence.weight[i] = std::max(weights(vertex, order[i]), 0.0F);
        sum += influence.weight[i];
    }
    for (float& weight : influence.weight)
        weight = sum > 0.0F ? weight / sum : 0.0F;
    return influence;
}

void appendEntries(const RowMatrix& directions, Eigen::Index vertex, std::uint32_t firstShape,
                   std::vector<render::BlendEntry>& entries) {
    for (Eigen::Index k = 0; k < directions.cols(); ++k) {
        const render::BlendEntry entry{firstShape + static_cast<std::uint32_t>(k),
                                       directions(3 * vertex, k), directions(3 * vertex + 1, k),
                                       directions(3 * vertex + 2, k)};
        if (entry.dx != 0.0F || entry.dy != 0.0F || entry.dz != 0.0F) entries.push_back(entry);
    }
}

void addBlendShapes(const BodyModelData& data, AvatarMesh& mesh) {
    const Eigen::Index vertices = data.templateVertices.rows();
    const auto expressions = static_cast<std::uint32_t>(data.expressionDirections.cols());
    mesh.shapeCount = static_cast<int>(expressions) + static_cast<int>(data.poseDirections.cols());
    mesh.blendStart.push_back(0);
    for (Eigen::Index v = 0; v < vertices; ++v) {
        appendEntries(data.expressionDirections, v, 0, mesh.blendEntries);
        appendEntries(data.poseDirections, v, expressions, mesh.blendEntries);
        mesh.blendStart.push_back(static_cast<std::uint32_t>(mesh.blendEntries.size()));
    }
}

void addColours(const io::AvatarAppearance& appearance, AvatarMesh& mesh) {
    if (appearance.partColours.empty()) {
        mesh.partColours.push_back(linearColour(kClay));
        mesh.partMaterials.push_back(render::PartMaterial::Clay);
        return;
    }
    mesh.partIds = appearance.partIds;
    for (const auto& colour : appearance.partColours)
        mesh.partColours.push_back(linearColour(colour));
    for (const std::string& name : appearance.partNames)
        mesh.partMaterials.push_back(render::materialForPartName(name));
    for (const auto& tint : appearance.skinTint)
        mesh.tints.push_back({linearFromSrgb(tint[0]), linearFromSrgb(tint[1]),
                              linearFromSrgb(tint[2]), static_cast<float>(tint[3]) / 255.0F});
    // Lashes are a sheet; the suit shows its inside at collar and cuffs.
    for (std::size_t i = 0; i < appearance.partNames.size(); ++i)
        if (appearance.partNames[i] == "lash" || appearance.partNames[i] == "suit_top")
            mesh.twoSidedParts.push_back(static_cast<std::uint8_t>(i));
}

} // namespace

BlendPlace blendPlaceFor(const BodyModelData& body) {
    const auto nonZero = [](const RowMatrix& directions) {
        return static_cast<std::int64_t>((directions.array() != 0.0F).count());
    };
    const std::int64_t entries =
        (nonZero(body.expressionDirections) + nonZero(body.poseDirections)) / 3;
    return entries <= kMaxGpuEntries ? BlendPlace::Gpu : BlendPlace::Cpu;
}

AvatarMesh makeAvatarMesh(const io::Avatar& avatar, const motion::ShapedBody& body,
                          BlendPlace place) {
    const BodyModelData& data = avatar.body->data();
    AvatarMesh mesh;
    const motion::Points& rest = body.restVertices();
    for (Eigen::Index v = 0; v < rest.rows(); ++v) {
        mesh.positions.push_back({rest(v, 0), rest(v, 1), rest(v, 2)});
        mesh.influences.push_back(strongestInfluences(data.weights, v));
    }
    mesh.faces = data.faces;
    mesh.jointCount = motion::kJointCount;
    mesh.jointParents = data.parents;
    addColours(avatar.appearance, mesh);
    if (place == BlendPlace::Gpu) addBlendShapes(data, mesh);
    return mesh;
}

} // namespace gesture::app
