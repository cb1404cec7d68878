// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/character_mesh.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <utility>

namespace gesture::interchange {

namespace {

using motion::RowMatrix;

constexpr std::array<std::uint8_t, 3> kClay{188, 186, 182};
/// Offsets below a micrometre are the rounding of their file.
constexpr float kSmallestOffset = 1e-6F;
constexpr float kSmallestWeight = 1e-5F;
constexpr float kEyeRoughness = 0.2F;

float linearFromSrgb(std::uint8_t value) {
    const float x = static_cast<float>(value) / 255.0F;
    return x <= 0.04045F ? x / 12.92F : std::pow((x + 0.055F) / 1.055F, 2.4F);
}

SceneMaterial materialOf(const std::string& name, const std::array<std::uint8_t, 3>& srgb) {
    SceneMaterial material;
    material.name = name;
    for (std::size_t i = 0; i < 3; ++i)
        material.baseColour[i] = linearFromSrgb(srgb[i]);
    if (name == "sclera" || name == "iris" || name == "pupil") material.roughness = kEyeRoughness;
    return material;
}

void addMaterials(Scene& scene, const io::AvatarAppearance& looks) {
    for (std::size_t i = 0; i < looks.partColours.size(); ++i)
        scene.materials.push_back(
            materialOf(i < looks.partNames.size() ? looks.partNames[i] : fmt::format("part{}", i),
                       looks.partColours[i]));
    if (looks.partColours.empty()) scene.materials.push_back(materialOf("body", kClay));
}

/// Normals of the undivided surface, weighted by area.
std::vector<Eigen::Vector3f> surfaceNormals(const motion::Points& vertices,
                                            const motion::BodyModelData& data) {
    std::vector<Eigen::Vector3f> normals(static_cast<std::size_t>(vertices.rows()),
                                         Eigen::Vector3f::Zero());
    const auto at = [&](std::uint32_t v) {
        return Eigen::Vector3f(vertices.row(static_cast<Eigen::Index>(v)));
    };
    for (const auto& face : data.faces) {
        const Eigen::Vector3f normal = (at(face[1]) - at(face[0])).cross(at(face[2]) - at(face[0]));
        for (const std::uint32_t vertex : face)
            normals[vertex] += normal;
    }
    for (Eigen::Vector3f& normal : normals)
        normal = normal.squaredNorm() > 0 ? normal.normalized() : Eigen::Vector3f::UnitY();
    return normals;
}

std::vector<SceneMesh::Influence> influencesOf(const RowMatrix& weights, Eigen::Index vertex,
                                               int firstJoint) {
    std::vector<SceneMesh::Influence> influences;
    float sum = 0;
    for (int j = 0; j < motion::kJointCount; ++j) {
        if (weights(vertex, j) < kSmallestWeight) continue;
        influences.push_back({static_cast<std::uint32_t>(firstJoint + j), weights(vertex, j)});
        sum += weights(vertex, j);
    }
    for (SceneMesh::Influence& influence : influences)
        influence.weight /= sum;
    std::stable_sort(influences.begin(), influences.end(),
                     [](const auto& a, const auto& b) { return a.weight > b.weight; });
    return influences;
}

/// Vertices of the mesh and the vertex of the body that each comes from.
struct Division {
    SceneMesh mesh;
    std::vector<Eigen::Index> bodyVertices;
};

/// Triangles over vertices that have one place in the texture each.
Division divide(const io::Avatar& avatar) {
    const auto& faces = avatar.body->data().faces;
    const io::AvatarAppearance& looks = avatar.appearance;
    const bool textured = looks.textureFaces.size() == faces.size() && !faces.empty();
    Division division;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> known;
    for (std::size_t f = 0; f < faces.size(); ++f) {
        std::array<std::uint32_t, 3> triangle{};
        for (std::size_t corner = 0; corner < 3; ++corner) {
            const std::uint32_t uv = textured ? looks.textureFaces[f][corner] : 0;
            const auto next = static_cast<std::uint32_t>(division.bodyVertices.size());
            const auto [at, added] = known.try_emplace({faces[f][corner], uv}, next);
            triangle[corner] = at->second;
            if (!added) continue;
            division.bodyVertices.push_back(static_cast<Eigen::Index>(faces[f][corner]));
            if (textured)
                division.mesh.uvs.emplace_back(looks.textureCoordinates[uv][0],
                                               looks.textureCoordinates[uv][1]);
        }
        division.mesh.triangles.push_back(triangle);
    }
    return division;
}

SceneMorph morphOf(const RowMatrix& directions, Eigen::Index column,
                   const std::vector<Eigen::Index>& bodyVertices) {
    SceneMorph morph;
    for (std::size_t v = 0; v < bodyVertices.size(); ++v) {
        const Eigen::Index row = 3 * bodyVertices[v];
        const Eigen::Vector3f offset(directions(row, column), directions(row + 1, column),
                                     directions(row + 2, column));
        if (offset.cwiseAbs().maxCoeff() < kSmallestOffset) continue;
        morph.vertices.push_back(static_cast<std::uint32_t>(v));
        morph.offsets.push_back(offset);
    }
    return morph;
}

} // namespace

std::vector<std::string> expressionShapeNames(const io::Avatar& avatar) {
    const auto count = static_cast<std::size_t>(avatar.body->expressionCount());
    std::vector<std::string> names = avatar.expressionNames;
    for (std::size_t i = names.size(); i < count; ++i)
        names.push_back(fmt::format("Exp{:03}", i));
    names.resize(count);
    return names;
}

void addCharacterMesh(Scene& scene, const io::Avatar& avatar, const motion::ShapedBody& body,
                      const CharacterMeshOptions& options) {
    const motion::BodyModelData& data = avatar.body->data();
    addMaterials(scene, avatar.appearance);
    Division division = divide(avatar);
    SceneMesh& mesh = division.mesh;
    mesh.name = "Body";
    const auto normals = surfaceNormals(body.restVertices(), data);
    for (const Eigen::Index v : division.bodyVertices) {
        mesh.positions.emplace_back(body.restVertices().row(v));
        mesh.positions.back().y() += options.lift;
        mesh.normals.push_back(normals[static_cast<std::size_t>(v)]);
        mesh.influences.push_back(influencesOf(data.weights, v, options.firstJoint));
    }
    if (!avatar.appearance.partColours.empty())
        mesh.triangleMaterials.assign(avatar.appearance.partIds.begin(),
                                      avatar.appearance.partIds.end());
    if (options.morphs) {
        const auto names = expressionShapeNames(avatar);
        for (std::size_t k = 0; k < names.size(); ++k) {
            mesh.morphs.push_back(morphOf(data.expressionDirections, static_cast<Eigen::Index>(k),
                                          division.bodyVertices));
            mesh.morphs.back().name = names[k];
        }
    }
    scene.meshes.push_back(std::move(mesh));
}

} // namespace gesture::interchange
