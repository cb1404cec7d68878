// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/rig.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <optional>

namespace gesture::avatar {

namespace {

using Json = nlohmann::json;

Error damaged(std::string_view what) {
    return {ErrorCode::InvalidInput, fmt::format("The rig is damaged: {}.", what)};
}

Result<Json> parseJson(std::string_view text, std::string_view name) {
    Json json = Json::parse(text.begin(), text.end(), nullptr, false);
    if (!json.is_object()) return damaged(fmt::format("{} is not a JSON object", name));
    return json;
}

/// A vertex index of the mesh, or nothing.
std::optional<std::uint32_t> vertexOf(const Json& json, const ObjMesh& mesh) {
    if (!json.is_number_unsigned()) return std::nullopt;
    const auto index = json.get<std::uint64_t>();
    if (index >= static_cast<std::uint64_t>(mesh.vertices.rows())) return std::nullopt;
    return static_cast<std::uint32_t>(index);
}

std::vector<std::uint32_t> pointVertices(const Json& point, const ObjMesh& mesh) {
    const std::string strategy = point.value("strategy", "");
    if (strategy == "CUBE") {
        const std::string cube = point.value("cube_name", "");
        return mesh.groups.count(cube) > 0 ? mesh.groupVertices(cube)
                                           : std::vector<std::uint32_t>{};
    }
    const Json indices = strategy == "VERTEX" ? Json::array({point.value("vertex_index", Json())})
                                              : point.value("vertex_indices", Json::array());
    std::vector<std::uint32_t> vertices;
    for (const Json& index : indices) {
        const auto vertex = vertexOf(index, mesh);
        if (!vertex) return {};
        vertices.push_back(*vertex);
    }
    return vertices;
}

Result<Bone> parseBone(const std::string& name, const Json& json, const ObjMesh& mesh) {
    if (!json.is_object() || !json.contains("head") || !json.contains("tail") ||
        !json["head"].is_object() || !json["tail"].is_object()) {
        return damaged(fmt::format("bone '{}' has no head and tail", name));
    }
    Bone bone;
    bone.name = name;
    bone.head.vertices = pointVertices(json["head"], mesh);
    bone.tail.vertices = pointVertices(json["tail"], mesh);
    if (bone.head.vertices.empty() || bone.tail.vertices.empty()) {
        return damaged(fmt::format("bone '{}' hangs on vertices that do not exist", name));
    }
    return bone;
}

Status parseWeights(const Json& json, const ObjMesh& mesh, Bone& bone) {
    if (!json.is_array()) return damaged(fmt::format("bone '{}' has no weights", bone.name));
    bone.weights.reserve(json.size());
    for (const Json& pair : json) {
        const bool isPair = pair.is_array() && pair.size() == 2 && pair[1].is_number();
        const auto vertex = isPair ? vertexOf(pair[0], mesh) : std::nullopt;
        if (!vertex) return damaged(fmt::format("a weight of bone '{}' is not valid", bone.name));
        bone.weights.push_back({*vertex, pair[1].get<double>()});
    }
    return Status::success();
}

/// Names so that each parent stands before its children; fewer than all when there is a cycle.
std::vector<std::string> parentsFirst(const std::map<std::string, std::string>& parentOf) {
    std::vector<std::string> order;
    std::map<std::string, bool> placed = {{"", true}};
    for (bool progress = true; progress;) {
        progress = false;
        for (const auto& [name, parent] : parentOf) {
            if (placed[name] || !placed[parent]) continue;
            placed[name] = true;
            order.push_back(name);
            progress = true;
        }
    }
    return order;
}

Result<std::vector<std::string>> boneOrder(const Json& rigJson) {
    std::map<std::string, std::string> parentOf;
    for (const auto& [name, bone] : rigJson.items()) {
        const Json parent = bone.is_object() ? bone.value("parent", Json()) : Json();
        parentOf[name] = parent.is_string() ? parent.get<std::string>() : "";
    }
    auto order = parentsFirst(parentOf);
    if (order.size() != parentOf.size()) return damaged("its parents form a cycle");
    return order;
}

Result<Rig> readRig(std::string_view rigJson, std::string_view weightsJson, const ObjMesh& mesh) {
    const auto bones = parseJson(rigJson, "the bone file");
    if (!bones) return bones.error();
    const auto weights = parseJson(weightsJson, "the weight file");
    if (!weights) return weights.error();
    if (!weights->contains("weights")) return damaged("the weight file holds no weights");
    const auto order = boneOrder(*bones);
    if (!order) return order.error();

    Rig rig;
    for (const std::string& name : *order) {
        const Json& json = bones->at(name);
        auto bone = parseBone(name, json, mesh);
        if (!bone) return bone.error();
        const Json parent = json.value("parent", Json());
        const bool hasParent = parent.is_string() && !parent.get<std::string>().empty();
        bone->parent = hasParent ? rig.indexOf(parent.get<std::string>()) : -1;
        const auto status = parseWeights(weights->at("weights").value(name, Json()), mesh, *bone);
        if (!status) return status.error();
        rig.bones.push_back(std::move(*bone));
    }
    return rig;
}

} // namespace

Eigen::Vector3d MeshPoint::on(const Points64& mesh) const {
    Eigen::Vector3d sum = Eigen::Vector3d::Zero();
    for (const auto vertex : vertices) {
        sum += mesh.row(vertex);
    }
    return sum / static_cast<double>(vertices.size());
}

int Rig::indexOf(std::string_view bone) const {
    const auto found = std::find_if(bones.begin(), bones.end(),
                                    [bone](const Bone& each) { return each.name == bone; });
    GESTURE_ASSERT(found != bones.end());
    return static_cast<int>(found - bones.begin());
}

Result<Rig> parseRig(std::string_view rigJson, std::string_view weightsJson, const ObjMesh& mesh) {
    try {
        return readRig(rigJson, weightsJson, mesh);
    } catch (const Json::exception& failure) {
        return damaged(failure.what());
    }
}

} // namespace gesture::avatar
