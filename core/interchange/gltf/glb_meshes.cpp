// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/gltf/glb_meshes.h"

#include "core/interchange/file_names.h"
#include "core/interchange/influences.h"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

namespace gesture::interchange {

namespace {

using Json = nlohmann::ordered_json;
using Target = GlbBuffer::Target;

constexpr std::size_t kSetSize = 4;

int addVectors(const std::vector<Eigen::Vector3f>& values, bool bounds, GlbAccessors& accessors) {
    GlbAccessor accessor{.count = values.size(), .type = "VEC3", .target = Target::Vertices};
    if (bounds) setBounds(accessor, values, false);
    return accessors.add(std::move(accessor), [&values](GlbBytes& bytes) {
        for (const Eigen::Vector3f& value : values)
            bytes.addAll(std::as_bytes(std::span(value.data(), 3)));
    });
}

int addNormals(const std::vector<Eigen::Vector3f>& normals, GlbAccessors& accessors) {
    return accessors.add({.count = normals.size(), .type = "VEC3", .target = Target::Vertices},
                         [&normals](GlbBytes& bytes) {
                             for (const Eigen::Vector3f& normal : normals) {
                                 const Eigen::Vector3f unit =
                                     normal.squaredNorm() > 0
                                         ? Eigen::Vector3f(normal.normalized())
                                         : Eigen::Vector3f(Eigen::Vector3f::UnitY());
                                 bytes.addAll(std::as_bytes(std::span(unit.data(), 3)));
                             }
                         });
}

int addUvs(const std::vector<Eigen::Vector2f>& uvs, GlbAccessors& accessors) {
    return accessors.add({.count = uvs.size(), .type = "VEC2", .target = Target::Vertices},
                         [&uvs](GlbBytes& bytes) {
                             for (const Eigen::Vector2f& uv : uvs) {
                                 bytes.add(uv.x());
                                 bytes.add(1.0F - uv.y()); // glTF's v runs downwards
                             }
                         });
}

/// Sets JOINTS_n and WEIGHTS_n.
void addInfluenceSet(Json& attributes, const SceneMesh& mesh, std::size_t set, std::size_t most,
                     std::size_t joints, GlbAccessors& accessors) {
    const auto entry = [&mesh, set, most](std::size_t vertex, std::size_t i) {
        const auto heaviest = heaviestInfluences(mesh.influences[vertex], most);
        const std::size_t at = set * kSetSize + i;
        return at < heaviest.size() ? heaviest[at] : SceneMesh::Influence{};
    };
    const std::size_t vertices = mesh.positions.size();
    const bool narrow = joints <= std::size_t{std::numeric_limits<std::uint8_t>::max()} + 1;
    attributes[fmt::format("JOINTS_{}", set)] = accessors.add(
        {.count = vertices,
         .type = "VEC4",
         .component = narrow ? GlbComponent::UnsignedByte : GlbComponent::UnsignedShort,
         .target = Target::Vertices},
        [=](GlbBytes& bytes) {
            for (std::size_t v = 0; v < vertices; ++v)
                for (std::size_t i = 0; i < kSetSize; ++i) {
                    const std::uint32_t joint = entry(v, i).joint;
                    if (narrow)
                        bytes.add(static_cast<std::uint8_t>(joint));
                    else
                        bytes.add(static_cast<std::uint16_t>(joint));
                }
        });
    attributes[fmt::format("WEIGHTS_{}", set)] = accessors.add(
        {.count = vertices, .type = "VEC4", .target = Target::Vertices}, [=](GlbBytes& bytes) {
            for (std::size_t v = 0; v < vertices; ++v)
                for (std::size_t i = 0; i < kSetSize; ++i)
                    bytes.add(entry(v, i).weight);
        });
}

void addInfluences(Json& attributes, const SceneMesh& mesh, const Scene& scene,
                   const GlbOptions& options, GlbAccessors& accessors) {
    const auto most = static_cast<std::size_t>(std::max(options.influences, 1));
    std::size_t used = 1;
    for (const auto& influences : mesh.influences)
        used = std::max(used, heaviestInfluences(influences, most).size());
    for (std::size_t set = 0; set * kSetSize < used; ++set)
        addInfluenceSet(attributes, mesh, set, most, scene.joints.size(), accessors);
}

/// Entries in ascending order of vertices, each once, as sparse accessors want them.
int addMorph(const SceneMorph& morph, const std::vector<Eigen::Vector3f>& values,
             std::size_t vertices, GlbAccessors& accessors) {
    std::map<std::uint32_t, Eigen::Vector3f> entries;
    for (std::size_t i = 0; i < morph.vertices.size(); ++i) {
        const auto [at, added] = entries.try_emplace(morph.vertices[i], values[i]);
        if (!added) at->second += values[i];
    }
    std::vector<std::uint32_t> indices;
    std::vector<Eigen::Vector3f> offsets;
    for (const auto& [vertex, offset] : entries) {
        indices.push_back(vertex);
        offsets.push_back(offset);
    }
    return accessors.addSparse(vertices, std::move(indices), std::move(offsets));
}

Json morphTargets(const SceneMesh& mesh, GlbAccessors& accessors) {
    const bool normals =
        !mesh.morphs.empty() && std::all_of(mesh.morphs.begin(), mesh.morphs.end(),
                                            [](const SceneMorph& m) { return !m.normals.empty(); });
    Json targets = Json::array();
    for (const SceneMorph& morph : mesh.morphs) {
        Json target{{"POSITION", addMorph(morph, morph.offsets, mesh.positions.size(), accessors)}};
        if (normals)
            target["NORMAL"] = addMorph(morph, morph.normals, mesh.positions.size(), accessors);
        targets.push_back(std::move(target));
    }
    return targets;
}

/// Triangles of one material.
int addTriangles(const SceneMesh& mesh, const std::vector<std::size_t>& triangles,
                 GlbAccessors& accessors) {
    return accessors.add({.count = 3 * triangles.size(),
                          .type = "SCALAR",
                          .component = GlbComponent::UnsignedInt,
                          .target = Target::Indices},
                         [&mesh, triangles](GlbBytes& bytes) {
                             for (const std::size_t triangle : triangles)
                                 for (const std::uint32_t vertex : mesh.triangles[triangle])
                                     bytes.add(vertex);
                         });
}

Json meshJson(const SceneMesh& mesh, const Scene& scene, const GlbOptions& options,
              GlbAccessors& accessors) {
    Json attributes{{"POSITION", addVectors(mesh.positions, true, accessors)}};
    if (!mesh.normals.empty()) attributes["NORMAL"] = addNormals(mesh.normals, accessors);
    if (!mesh.uvs.empty()) attributes["TEXCOORD_0"] = addUvs(mesh.uvs, accessors);
    if (!mesh.influences.empty() && !scene.joints.empty())
        addInfluences(attributes, mesh, scene, options, accessors);
    const Json targets = morphTargets(mesh, accessors);
    std::map<std::uint32_t, std::vector<std::size_t>> byMaterial;
    for (std::size_t i = 0; i < mesh.triangles.size(); ++i)
        byMaterial[mesh.triangleMaterials.empty() ? 0 : mesh.triangleMaterials[i]].push_back(i);
    Json primitives = Json::array();
    for (const auto& [material, triangles] : byMaterial) {
        Json primitive{{"attributes", attributes},
                       {"indices", addTriangles(mesh, triangles, accessors)}};
        if (material < scene.materials.size()) primitive["material"] = material;
        if (!targets.empty()) primitive["targets"] = targets;
        primitives.push_back(std::move(primitive));
    }
    Json json{{"name", fileName(mesh.name, "mesh")}, {"primitives", std::move(primitives)}};
    if (targets.empty()) return json;
    Json names = Json::array();
    for (const SceneMorph& morph : mesh.morphs)
        names.push_back(fileName(morph.name, "shape"));
    json["weights"] = std::vector<float>(mesh.morphs.size(), 0.0F);
    json["extras"] = {{"targetNames", std::move(names)}};
    return json;
}

void addMaterials(Json& document, const Scene& scene, GlbAccessors& accessors) {
    for (const SceneMaterial& material : scene.materials) {
        Json surface{{"baseColorFactor", material.baseColour},
                     {"metallicFactor", material.metallic},
                     {"roughnessFactor", material.roughness}};
        const std::vector<std::uint8_t>& png = material.baseColourPng;
        if (!png.empty()) {
            const int view = accessors.addBytes(png.size(), [&png](GlbBytes& bytes) {
                bytes.addAll(std::as_bytes(std::span(png)));
            });
            surface["baseColorTexture"] = {{"index", document["textures"].size()}};
            document["textures"].push_back({{"source", document["images"].size()}});
            document["images"].push_back({{"bufferView", view}, {"mimeType", "image/png"}});
        }
        document["materials"].push_back({{"name", fileName(material.name, "material")},
                                         {"pbrMetallicRoughness", std::move(surface)}});
    }
}

} // namespace

void addMeshes(Json& document, const Scene& scene, const GlbOptions& options,
               GlbAccessors& accessors) {
    for (const SceneMesh& mesh : scene.meshes)
        if (!mesh.triangles.empty())
            document["meshes"].push_back(meshJson(mesh, scene, options, accessors));
    addMaterials(document, scene, accessors);
}

} // namespace gesture::interchange
