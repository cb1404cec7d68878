// SPDX-License-Identifier: Apache-2.0
#include "app/rig_import/rig_mesh.h"

#include "core/base/utf8.h"
#include "core/interchange/import/scene_wire.h"

#include <algorithm>
#include <assimp/mesh.h>
#include <assimp/scene.h>
#include <fmt/format.h>
#include <utility>

namespace gesture::app {

namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;
using Eigen::Vector3f;
using interchange::SceneMesh;
using interchange::SceneMorph;

constexpr std::size_t kMaxInfluences = 8;
constexpr float kLeastWeight = 1e-5F;
constexpr float kLeastOffsetMetres = 1e-6F;

Vector3d vectorOf(const aiVector3D& v) {
    return {static_cast<double>(v.x), static_cast<double>(v.y), static_cast<double>(v.z)};
}

/// Adds Assimp's meshes of one node to one mesh.
class MeshBuilder {
public:
    MeshBuilder(const RigNodes& nodes, const RigSkeleton& skeleton, std::size_t node)
        : nodes_(nodes)
        , skeleton_(skeleton)
        , node_(node) {
        mesh_.name = nodes.nodes[node].node->mName.C_Str();
    }

    void add(const aiMesh& part) {
        if (part.mVertices == nullptr || part.mFaces == nullptr) return;
        first_ = mesh_.positions.size();
        worldFromMesh_ = nodes_.worldFromMesh(node_, part.mNumBones > 0);
        normalsFromMesh_ = worldFromMesh_.linear().inverse().transpose();
        addVertices(part);
        addTriangles(part);
        addInfluences(part);
        for (unsigned i = 0; i < part.mNumAnimMeshes; ++i)
            addMorph(part, *part.mAnimMeshes[i]);
    }

    SceneMesh take() {
        if (!hasNormals_) mesh_.normals.clear();
        if (!hasUvs_) mesh_.uvs.clear();
        return std::move(mesh_);
    }

private:
    [[nodiscard]] Vector3f normalAt(const aiVector3D& normal) const {
        const Vector3f turned = (normalsFromMesh_ * vectorOf(normal)).normalized().cast<float>();
        return turned.allFinite() ? turned : Vector3f::UnitY();
    }

    void addVertices(const aiMesh& part) {
        for (unsigned v = 0; v < part.mNumVertices; ++v) {
            const Vector3d world = worldFromMesh_ * vectorOf(part.mVertices[v]);
            mesh_.positions.push_back((world * nodes_.metresPerUnit).cast<float>());
            mesh_.normals.push_back(part.mNormals != nullptr ? normalAt(part.mNormals[v])
                                                             : Vector3f::UnitY());
            const aiVector3D* uvs = part.mTextureCoords[0];
            mesh_.uvs.emplace_back(uvs != nullptr ? Eigen::Vector2f(uvs[v].x, uvs[v].y)
                                                  : Eigen::Vector2f(0, 0));
        }
        hasNormals_ = hasNormals_ && part.mNormals != nullptr;
        hasUvs_ = hasUvs_ || part.mTextureCoords[0] != nullptr;
    }

    void addTriangles(const aiMesh& part) {
        const bool mirrored = worldFromMesh_.linear().determinant() < 0;
        const auto base = static_cast<std::uint32_t>(first_);
        for (unsigned f = 0; f < part.mNumFaces; ++f) {
            const aiFace& face = part.mFaces[f];
            if (face.mNumIndices != 3) continue;
            std::array<std::uint32_t, 3> triangle{base + face.mIndices[0], base + face.mIndices[1],
                                                  base + face.mIndices[2]};
            if (mirrored) std::swap(triangle[1], triangle[2]);
            mesh_.triangles.push_back(triangle);
            mesh_.triangleMaterials.push_back(part.mMaterialIndex);
        }
    }

    /// The nearest joint above the mesh: what it hangs on.
    [[nodiscard]] int carrier() const {
        for (int i = static_cast<int>(node_); i >= 0; i = nodes_.nodes[index(i)].parent)
            if (skeleton_.jointOfNode[index(i)] >= 0) return skeleton_.jointOfNode[index(i)];
        return 0;
    }

    void addInfluences(const aiMesh& part) {
        mesh_.influences.resize(mesh_.positions.size());
        for (unsigned b = 0; b < part.mNumBones; ++b) {
            const aiBone& bone = *part.mBones[b];
            const auto found = nodes_.byName.find(bone.mName.C_Str());
            const int joint =
                found == nodes_.byName.end() ? -1 : skeleton_.jointOfNode[found->second];
            if (joint < 0) continue;
            for (unsigned w = 0; w < bone.mNumWeights; ++w) {
                const aiVertexWeight& weight = bone.mWeights[w];
                if (weight.mVertexId >= part.mNumVertices || !(weight.mWeight > kLeastWeight))
                    continue;
                mesh_.influences[first_ + weight.mVertexId].push_back(
                    {static_cast<std::uint32_t>(joint), weight.mWeight});
            }
        }
        const auto alone = static_cast<std::uint32_t>(carrier());
        for (std::size_t v = first_; v < mesh_.influences.size(); ++v)
            normalise(mesh_.influences[v], alone);
    }

    static void normalise(std::vector<SceneMesh::Influence>& influences, std::uint32_t alone) {
        std::sort(influences.begin(), influences.end(),
                  [](const auto& a, const auto& b) { return a.weight > b.weight; });
        if (influences.size() > kMaxInfluences) influences.resize(kMaxInfluences);
        float sum = 0;
        for (const auto& influence : influences)
            sum += influence.weight;
        if (!(sum > 0) || !std::isfinite(sum)) influences = {{alone, 1}};
        for (auto& influence : influences)
            influence.weight /= std::isfinite(sum) && sum > 0 ? sum : 1;
    }

    void addMorph(const aiMesh& part, const aiAnimMesh& shape) {
        if (shape.mVertices == nullptr || shape.mNumVertices != part.mNumVertices) return;
        const std::string name = shape.mName.C_Str();
        auto morph = std::find_if(mesh_.morphs.begin(), mesh_.morphs.end(),
                                  [&](const SceneMorph& one) { return one.name == name; });
        if (morph == mesh_.morphs.end())
            morph = mesh_.morphs.insert(mesh_.morphs.end(), SceneMorph{name, {}, {}, {}});
        for (unsigned v = 0; v < part.mNumVertices; ++v) {
            const Vector3d world = worldFromMesh_ * vectorOf(shape.mVertices[v]);
            const Vector3f offset =
                (world * nodes_.metresPerUnit).cast<float>() - mesh_.positions[first_ + v];
            if (!(offset.cwiseAbs().maxCoeff() > kLeastOffsetMetres)) continue;
            morph->vertices.push_back(static_cast<std::uint32_t>(first_ + v));
            morph->offsets.push_back(offset);
        }
    }

    static std::size_t index(int i) { return static_cast<std::size_t>(i); }

    const RigNodes& nodes_;
    const RigSkeleton& skeleton_;
    std::size_t node_;
    SceneMesh mesh_;
    std::size_t first_ = 0; ///< Vertex where the part begins.
    Affine3d worldFromMesh_ = Affine3d::Identity();
    Matrix3d normalsFromMesh_ = Matrix3d::Identity();
    bool hasNormals_ = true;
    bool hasUvs_ = false;
};

} // namespace

Result<std::vector<SceneMesh>> convertMeshes(const aiScene& scene, const RigNodes& nodes,
                                             const RigSkeleton& skeleton) {
    std::vector<SceneMesh> meshes;
    std::size_t vertices = 0;
    for (std::size_t i = 0; i < nodes.nodes.size(); ++i) {
        const aiNode& node = *nodes.nodes[i].node;
        if (node.mNumMeshes == 0) continue;
        MeshBuilder builder(nodes, skeleton, i);
        for (unsigned m = 0; m < node.mNumMeshes; ++m) {
            const aiMesh& part = *scene.mMeshes[node.mMeshes[m]];
            vertices += part.mNumVertices;
            if (vertices > interchange::kMaxSceneVertices)
                return Error{ErrorCode::LimitExceeded, fmt::format("It has more than {} vertices.",
                                                                   interchange::kMaxSceneVertices)};
            builder.add(part);
        }
        SceneMesh mesh = builder.take();
        if (!mesh.triangles.empty()) meshes.push_back(std::move(mesh));
    }
    if (meshes.empty())
        return Error{ErrorCode::InvalidInput,
                     "It has no mesh: export the character's skin with its skeleton."};
    return meshes;
}

} // namespace gesture::app
