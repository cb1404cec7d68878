// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/gltf/glb_document.h"

#include "core/interchange/file_names.h"
#include "core/interchange/gltf/glb_accessors.h"
#include "core/interchange/gltf/glb_meshes.h"
#include "core/interchange/scene_pose.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

namespace gesture::interchange {

namespace {

using Json = nlohmann::ordered_json;

Json translationOf(const Eigen::Vector3f& v) { return Json::array({v.x(), v.y(), v.z()}); }

Json rotationOf(const Eigen::Quaternionf& rotation) {
    const Eigen::Quaternionf q = rotation.normalized();
    return Json::array({q.x(), q.y(), q.z(), q.w()});
}

/// Node j is joint j; the meshes' nodes follow.
Json jointNodes(const Scene& scene) {
    Json nodes = Json::array();
    const auto names = jointFileNames(scene);
    for (std::size_t j = 0; j < scene.joints.size(); ++j) {
        const SceneJoint& joint = scene.joints[j];
        Json node{{"name", names[j]}, {"translation", translationOf(joint.restTranslation)}};
        if (joint.restRotation.angularDistance(Eigen::Quaternionf::Identity()) > 0)
            node["rotation"] = rotationOf(joint.restRotation);
        if (joint.restScale != 1.0F)
            node["scale"] = Json::array({joint.restScale, joint.restScale, joint.restScale});
        nodes.push_back(std::move(node));
        if (joint.parent >= 0)
            nodes[static_cast<std::size_t>(joint.parent)]["children"].push_back(j);
    }
    return nodes;
}

Json skinOf(const Scene& scene, GlbAccessors& accessors) {
    const std::size_t count = scene.joints.size();
    const int matrices =
        accessors.add({.count = count, .type = "MAT4", .component = GlbComponent::Float},
                      [&scene](GlbBytes& bytes) {
                          for (const Eigen::Affine3f& worldFromJoint : worldFromRestJoints(scene)) {
                              Eigen::Matrix4f inverse =
                                  worldFromJoint.inverse(Eigen::Affine).matrix();
                              inverse.row(3) = Eigen::RowVector4f(0, 0, 0, 1);
                              for (Eigen::Index i = 0; i < inverse.size(); ++i)
                                  bytes.add(inverse.data()[i]); // column after column, as glTF
                          }
                      });
    Json joints = Json::array();
    for (std::size_t j = 0; j < count; ++j)
        joints.push_back(j);
    return {{"inverseBindMatrices", matrices}, {"joints", std::move(joints)}};
}

/// Rotations of one joint over time with steady sign.
void fillRotations(const Scene& scene, const SceneAnimation& animation, std::size_t joint,
                   GlbBytes& bytes) {
    Eigen::Quaternionf previous = Eigen::Quaternionf::Identity();
    for (std::size_t t = 0; t < static_cast<std::size_t>(animation.frames); ++t) {
        Eigen::Quaternionf q = animation.rotations[t * scene.joints.size() + joint].normalized();
        if (q.dot(previous) < 0) q.coeffs() = -q.coeffs();
        for (Eigen::Index i = 0; i < 4; ++i)
            bytes.add(q.coeffs()[i]); // x, y, z, w
        previous = q;
    }
}

void fillTranslations(const SceneAnimation& animation, std::size_t column, GlbBytes& bytes) {
    const std::size_t columns = animation.movingJoints.size();
    for (std::size_t t = 0; t < static_cast<std::size_t>(animation.frames); ++t)
        for (Eigen::Index i = 0; i < 3; ++i)
            bytes.add(animation.translations[t * columns + column][i]);
}

/// For each shape of a mesh its column in the motion; -1: it stays at 0.
std::vector<std::ptrdiff_t> morphColumns(const SceneMesh& mesh, const SceneAnimation& animation) {
    std::vector<std::ptrdiff_t> columns;
    for (const SceneMorph& morph : mesh.morphs) {
        const auto found =
            std::find(animation.morphNames.begin(), animation.morphNames.end(), morph.name);
        columns.push_back(
            found == animation.morphNames.end() ? -1 : found - animation.morphNames.begin());
    }
    return columns;
}

/// One animation and its channels.
class AnimationJson {
public:
    AnimationJson(const Scene& scene, const SceneAnimation& animation, GlbAccessors& accessors)
        : scene_(scene)
        , animation_(animation)
        , accessors_(accessors)
        , frames_(static_cast<std::size_t>(animation.frames)) {
        times_ = accessors.add(
            {.count = frames_,
             .type = "SCALAR",
             .component = GlbComponent::Float,
             .lowest = {0.0F},
             .highest = {static_cast<float>(static_cast<double>(animation.frames - 1) /
                                            animation.framesPerSecond)}},
            [&animation](GlbBytes& bytes) {
                for (std::int64_t t = 0; t < animation.frames; ++t)
                    bytes.add(
                        static_cast<float>(static_cast<double>(t) / animation.framesPerSecond));
            });
    }

    Json make() {
        for (std::size_t j = 0; j < scene_.joints.size(); ++j)
            channel(j, "rotation", "VEC4", frames_,
                    [&scene = scene_, &animation = animation_, j](GlbBytes& bytes) {
                        fillRotations(scene, animation, j, bytes);
                    });
        for (std::size_t i = 0; i < animation_.movingJoints.size(); ++i)
            channel(static_cast<std::size_t>(animation_.movingJoints[i]), "translation", "VEC3",
                    frames_, [&animation = animation_, i](GlbBytes& bytes) {
                        fillTranslations(animation, i, bytes);
                    });
        for (std::size_t m = 0; m < scene_.meshes.size(); ++m)
            weights(m);
        return {{"name", fileName(animation_.name, "motion")},
                {"samplers", std::move(samplers_)},
                {"channels", std::move(channels_)}};
    }

private:
    void weights(std::size_t mesh) {
        const auto columns = morphColumns(scene_.meshes[mesh], animation_);
        const bool moves = !scene_.meshes[mesh].triangles.empty() &&
                           std::any_of(columns.begin(), columns.end(),
                                       [](std::ptrdiff_t column) { return column >= 0; });
        if (!moves) return;
        channel(scene_.joints.size() + mesh, "weights", "SCALAR", frames_ * columns.size(),
                [&animation = animation_, columns](GlbBytes& bytes) {
                    const std::size_t stride = animation.morphNames.size();
                    for (std::size_t t = 0; t < static_cast<std::size_t>(animation.frames); ++t)
                        for (const std::ptrdiff_t column : columns)
                            bytes.add(
                                column < 0
                                    ? 0.0F
                                    : animation.morphWeights[t * stride +
                                                             static_cast<std::size_t>(column)]);
                });
    }

    void channel(std::size_t node, const char* path, const char* type, std::size_t count,
                 GlbBuffer::Fill fill) {
        const int output = accessors_.add(
            {.count = count, .type = type, .component = GlbComponent::Float}, std::move(fill));
        channels_.push_back(
            {{"sampler", samplers_.size()}, {"target", {{"node", node}, {"path", path}}}});
        samplers_.push_back({{"input", times_}, {"output", output}, {"interpolation", "LINEAR"}});
    }

    const Scene& scene_;
    const SceneAnimation& animation_;
    GlbAccessors& accessors_;
    std::size_t frames_;
    int times_ = 0;
    Json samplers_ = Json::array();
    Json channels_ = Json::array();
};

Json accessorList(const std::vector<GlbAccessor>& accessors) {
    Json list = Json::array();
    for (const GlbAccessor& accessor : accessors) {
        Json json;
        if (accessor.view >= 0) json["bufferView"] = accessor.view;
        json["componentType"] = static_cast<int>(accessor.component);
        json["count"] = accessor.count;
        json["type"] = accessor.type;
        if (!accessor.lowest.empty()) {
            json["min"] = accessor.lowest;
            json["max"] = accessor.highest;
        }
        if (accessor.sparseCount > 0)
            json["sparse"] = {{"count", accessor.sparseCount},
                              {"indices",
                               {{"bufferView", accessor.sparseIndices},
                                {"componentType", static_cast<int>(GlbComponent::UnsignedInt)}}},
                              {"values", {{"bufferView", accessor.sparseValues}}}};
        list.push_back(std::move(json));
    }
    return list;
}

Json bufferViews(const GlbBuffer& buffer) {
    Json views = Json::array();
    for (const GlbBuffer::View& view : buffer.views()) {
        Json json{{"buffer", 0}, {"byteOffset", view.offset}, {"byteLength", view.bytes}};
        if (view.target != GlbBuffer::Target::None) json["target"] = static_cast<int>(view.target);
        views.push_back(std::move(json));
    }
    return views;
}

void addNodes(Json& document, const Scene& scene) {
    Json nodes = jointNodes(scene);
    Json roots = Json::array();
    for (std::size_t j = 0; j < scene.joints.size(); ++j)
        if (scene.joints[j].parent < 0) roots.push_back(j);
    std::size_t meshes = 0;
    for (std::size_t m = 0; m < scene.meshes.size(); ++m) {
        Json node{{"name", fileName(scene.meshes[m].name, "mesh")}};
        roots.push_back(nodes.size());
        // A mesh without triangles is a node of its own, so that node numbers do not depend on it.
        if (!scene.meshes[m].triangles.empty()) node["mesh"] = meshes++;
        if (node.contains("mesh") && !scene.meshes[m].influences.empty() && !scene.joints.empty())
            node["skin"] = 0;
        nodes.push_back(std::move(node));
    }
    document["scene"] = 0;
    document["scenes"] =
        Json::array({{{"name", fileName(scene.name, "scene")}, {"nodes", std::move(roots)}}});
    document["nodes"] = std::move(nodes);
}

void addIfAny(Json& document, const char* key, Json list) {
    if (!list.empty()) document[key] = std::move(list);
}

} // namespace

std::string glbDocument(const Scene& scene, const GlbOptions& options, GlbBuffer& buffer) {
    GlbAccessors accessors(buffer);
    Json document{{"asset", {{"version", "2.0"}, {"generator", "Gesture Studio"}}}};
    addNodes(document, scene);
    addMeshes(document, scene, options, accessors);
    if (!scene.joints.empty()) document["skins"] = Json::array({skinOf(scene, accessors)});
    Json animations = Json::array();
    for (const SceneAnimation& animation : scene.animations)
        animations.push_back(AnimationJson(scene, animation, accessors).make());
    addIfAny(document, "animations", std::move(animations));
    addIfAny(document, "accessors", accessorList(accessors.list()));
    addIfAny(document, "bufferViews", bufferViews(buffer));
    if (buffer.size() > 0) document["buffers"] = Json::array({{{"byteLength", buffer.size()}}});
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace gesture::interchange
