// SPDX-License-Identifier: Apache-2.0
#include "app/rig_import/rig_skeleton.h"

#include "core/base/utf8.h"
#include "core/interchange/import/scene_wire.h"

#include <assimp/mesh.h>
#include <assimp/metadata.h>
#include <assimp/scene.h>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace gesture::app {

namespace {

constexpr std::size_t kMaxNodes = 200'000;
constexpr double kLeastScale = 1e-9;

std::string nameOf(const aiNode& node) { return node.mName.C_Str(); }

/// FBX says how many centimetres a unit has; the other importers give metres.
double metresPerUnitOf(const aiScene& scene, const std::string& extension) {
    if (extension != ".fbx") return 1;
    constexpr double kMetresPerCentimetre = 0.01;
    double centimetres = 1;
    float single = 1;
    if (scene.mMetaData != nullptr) {
        if (!scene.mMetaData->Get("UnitScaleFactor", centimetres) &&
            scene.mMetaData->Get("UnitScaleFactor", single))
            centimetres = static_cast<double>(single);
    }
    const bool sound = std::isfinite(centimetres) && centimetres > 1e-6 && centimetres < 1e6;
    return kMetresPerCentimetre * (sound ? centimetres : 1);
}

/// FBX groups things under nulls; Blender makes one of each armature. They are no bones.
bool isNull(const aiNode& node) {
    bool null = false;
    return node.mMetaData != nullptr && node.mMetaData->Get("IsNull", null) && null;
}

/// Where the bones of the meshes are in the bind pose; nothing for other nodes.
Result<std::vector<std::optional<Affine3d>>> bindPoses(const aiScene& scene,
                                                       const RigNodes& nodes) {
    std::vector<std::optional<Affine3d>> bind(nodes.nodes.size());
    for (std::size_t i = 0; i < nodes.nodes.size(); ++i) {
        const aiNode& node = *nodes.nodes[i].node;
        for (unsigned m = 0; m < node.mNumMeshes; ++m) {
            const aiMesh& mesh = *scene.mMeshes[node.mMeshes[m]];
            const Affine3d worldFromMesh = nodes.worldFromMesh(i, mesh.mNumBones > 0);
            for (unsigned b = 0; b < mesh.mNumBones; ++b) {
                const auto found = nodes.byName.find(mesh.mBones[b]->mName.C_Str());
                if (found == nodes.byName.end() || bind[found->second]) continue;
                const Affine3d boneFromMesh = affineOf(mesh.mBones[b]->mOffsetMatrix);
                const double size = std::abs(boneFromMesh.linear().determinant());
                if (!(size > kLeastScale * kLeastScale) || !boneFromMesh.matrix().allFinite())
                    return Error{ErrorCode::InvalidInput,
                                 fmt::format("Its bone '{}' has no size in the bind pose: bind "
                                             "the mesh again.",
                                             shownText(mesh.mBones[b]->mName.C_Str()))};
                bind[found->second] = worldFromMesh * boneFromMesh.inverse();
            }
        }
    }
    return bind;
}

/// Which nodes become joints: bones, what lies above them (without groups), all that hangs below.
std::vector<bool> chooseJoints(const aiScene& scene, const RigNodes& nodes,
                               const std::vector<std::optional<Affine3d>>& bind) {
    const bool fbx = !nodes.skinsIgnoreNodes && scene.mMetaData != nullptr &&
                     scene.mMetaData->HasKey("UnitScaleFactor");
    std::vector<bool> joint(nodes.nodes.size(), false);
    for (std::size_t i = nodes.nodes.size(); i-- > 1;) {
        if (bind[i]) joint[i] = true;
        const auto parent = static_cast<std::size_t>(nodes.nodes[i].parent);
        const bool chain = fbx ? !isNull(*nodes.nodes[parent].node) : bind[parent].has_value();
        if (joint[i] && parent != 0 && chain) joint[parent] = true;
    }
    for (std::size_t i = 1; i < nodes.nodes.size(); ++i) {
        const aiNode& node = *nodes.nodes[i].node;
        if (node.mNumMeshes == 0 && joint[static_cast<std::size_t>(nodes.nodes[i].parent)])
            joint[i] = true;
    }
    return joint;
}

/// A joint between two frames without scale.
interchange::SceneJoint jointOf(const Affine3d& worldFromParent, const Affine3d& worldFromJoint) {
    const Affine3d parentFromJoint = worldFromParent.inverse() * worldFromJoint;
    interchange::SceneJoint joint;
    joint.restTranslation = parentFromJoint.translation().cast<float>();
    joint.restRotation = Eigen::Quaterniond(parentFromJoint.linear()).normalized().cast<float>();
    return joint;
}

} // namespace

Affine3d affineOf(const aiMatrix4x4& m) {
    Affine3d result;
    result.matrix() << static_cast<double>(m.a1), static_cast<double>(m.a2),
        static_cast<double>(m.a3), static_cast<double>(m.a4), static_cast<double>(m.b1),
        static_cast<double>(m.b2), static_cast<double>(m.b3), static_cast<double>(m.b4),
        static_cast<double>(m.c1), static_cast<double>(m.c2), static_cast<double>(m.c3),
        static_cast<double>(m.c4), 0, 0, 0, 1;
    return result;
}

Affine3d RigNodes::worldFromMesh(std::size_t node, bool skinned) const {
    return skinned && skinsIgnoreNodes ? Affine3d::Identity() : nodes[node].worldFromNode;
}

Result<RigNodes> flattenNodes(const aiScene& scene, const std::string& extension) {
    RigNodes result;
    result.metresPerUnit = metresPerUnitOf(scene, extension);
    result.skinsIgnoreNodes = extension == ".glb" || extension == ".gltf";
    result.nodes.push_back({scene.mRootNode, -1, affineOf(scene.mRootNode->mTransformation)});
    for (std::size_t i = 0; i < result.nodes.size(); ++i) {
        const RigNode now = result.nodes[i];
        if (!now.worldFromNode.matrix().allFinite())
            return Error{ErrorCode::InvalidInput,
                         fmt::format("Its node '{}' has numbers that are not finite.",
                                     shownText(nameOf(*now.node)))};
        result.byName.emplace(nameOf(*now.node), i);
        for (unsigned c = 0; c < now.node->mNumChildren; ++c) {
            const aiNode* child = now.node->mChildren[c];
            result.nodes.push_back(
                {child, static_cast<int>(i), now.worldFromNode * affineOf(child->mTransformation)});
        }
        if (result.nodes.size() > kMaxNodes)
            return Error{ErrorCode::LimitExceeded,
                         fmt::format("It has more than {} nodes.", kMaxNodes)};
    }
    return result;
}

Result<RigSkeleton> buildSkeleton(const aiScene& scene, const RigNodes& nodes) {
    auto bind = bindPoses(scene, nodes);
    if (!bind) return std::move(bind).error();
    const std::vector<bool> chosen = chooseJoints(scene, nodes, *bind);
    RigSkeleton skeleton;
    skeleton.jointOfNode.assign(nodes.nodes.size(), -1);
    std::vector<Affine3d> scaled(nodes.nodes.size()); // as the file has them
    std::vector<Affine3d> rigid;                      // per joint, metres
    for (std::size_t i = 0; i < nodes.nodes.size(); ++i) {
        const RigNode& node = nodes.nodes[i];
        const auto parent = static_cast<std::size_t>(std::max(node.parent, 0));
        scaled[i] = (*bind)[i]        ? *(*bind)[i]
                    : node.parent < 0 ? node.worldFromNode
                                      : scaled[parent] * affineOf(node.node->mTransformation);
        if (!chosen[i]) continue;
        Affine3d world = Affine3d::Identity();
        world.linear() = scaled[i].rotation();
        world.translation() = scaled[i].translation() * nodes.metresPerUnit;
        const int above = skeleton.jointOfNode[parent];
        interchange::SceneJoint joint = jointOf(
            above < 0 ? Affine3d::Identity() : rigid[static_cast<std::size_t>(above)], world);
        joint.name = nameOf(*node.node);
        joint.parent = above;
        skeleton.jointOfNode[i] = static_cast<int>(skeleton.joints.size());
        skeleton.joints.push_back(std::move(joint));
        rigid.push_back(world);
        if (rigid.size() > interchange::kMaxSceneJoints)
            return Error{ErrorCode::LimitExceeded,
                         fmt::format("It has more than {} bones.", interchange::kMaxSceneJoints)};
    }
    if (skeleton.joints.empty())
        return Error{ErrorCode::InvalidInput,
                     "Its meshes are bound to no bones: bind them to a skeleton and export both."};
    return skeleton;
}

} // namespace gesture::app
