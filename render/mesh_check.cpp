// SPDX-License-Identifier: Apache-2.0
#include "render/mesh_check.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <string>

namespace gesture::render {

namespace {

constexpr float kMaxMetres = 1000.0F;   // of a rest vertex from the origin
constexpr float kMaxTransform = 1.0e6F; // any value of a joint's transform

Error invalid(const std::string& what) {
    return Error(ErrorCode::InvalidInput, "The avatar's mesh cannot be shown: " + what + ".");
}

template <typename Rows>
bool allFinite(const Rows& rows) {
    for (const auto& row : rows)
        for (const float value : row)
            if (!std::isfinite(value)) return false;
    return true;
}

Status checkLimits(const AvatarMesh& mesh) {
    if (mesh.positions.size() <= kMaxMeshVertices && mesh.faces.size() <= kMaxMeshFaces &&
        mesh.blendEntries.size() <= kMaxBlendEntries && mesh.jointCount <= kMaxMeshJoints &&
        mesh.shapeCount <= kMaxMeshShapes)
        return Status::success();
    return Error(ErrorCode::LimitExceeded,
                 fmt::format("The avatar's mesh is too large: {} vertices, {} triangles, {} blend "
                             "shape entries, {} joints, {} shapes; at most {}, {}, {}, {}, {}.",
                             mesh.positions.size(), mesh.faces.size(), mesh.blendEntries.size(),
                             mesh.jointCount, mesh.shapeCount, kMaxMeshVertices, kMaxMeshFaces,
                             kMaxBlendEntries, kMaxMeshJoints, kMaxMeshShapes));
}

Status checkGeometry(const AvatarMesh& mesh) {
    const std::size_t vertices = mesh.positions.size();
    if (vertices == 0) return invalid("it has no vertices");
    if (mesh.faces.empty()) return invalid("it has no triangles");
    if (!allFinite(mesh.positions)) return invalid("a vertex position is not a finite number");
    for (const auto& position : mesh.positions)
        for (const float value : position)
            if (std::abs(value) > kMaxMetres)
                return invalid("a vertex lies more than a kilometre away; positions are metres");
    for (std::size_t f = 0; f < mesh.faces.size(); ++f)
        for (const std::uint32_t vertex : mesh.faces[f])
            if (vertex >= vertices)
                return invalid(fmt::format("triangle {} names vertex {}, but there are {}", f,
                                           vertex, vertices));
    return Status::success();
}

Status checkSkin(const AvatarMesh& mesh) {
    if (mesh.jointCount < 1) return invalid("it has no joints");
    const auto joints = static_cast<std::size_t>(mesh.jointCount);
    if (mesh.influences.size() != mesh.positions.size())
        return invalid(fmt::format("it has skin weights for {} of {} vertices",
                                   mesh.influences.size(), mesh.positions.size()));
    for (std::size_t v = 0; v < mesh.influences.size(); ++v) {
        const auto& influence = mesh.influences[v];
        for (std::size_t i = 0; i < influence.joint.size(); ++i) {
            if (influence.joint[i] >= joints)
                return invalid(fmt::format("vertex {} hangs on joint {}, but there are {}", v,
                                           influence.joint[i], joints));
            if (!std::isfinite(influence.weight[i]))
                return invalid(fmt::format("a skin weight of vertex {} is not a number", v));
        }
    }
    if (!mesh.jointParents.empty() && mesh.jointParents.size() != joints)
        return invalid(fmt::format("{} parents for {} joints", mesh.jointParents.size(), joints));
    for (const int parent : mesh.jointParents)
        if (parent < -1 || parent >= mesh.jointCount)
            return invalid(
                fmt::format("a joint's parent is {}, but there are {} joints", parent, joints));
    return Status::success();
}

Status checkParts(const AvatarMesh& mesh) {
    const std::size_t parts = mesh.partColours.size();
    if (parts > 256) return invalid(fmt::format("{} parts; at most 256 are drawn", parts));
    if (!allFinite(mesh.partColours)) return invalid("a part's colour is not a finite number");
    if (!mesh.partIds.empty() && mesh.partIds.size() != mesh.faces.size())
        return invalid(fmt::format("{} part numbers for {} triangles", mesh.partIds.size(),
                                   mesh.faces.size()));
    for (const std::uint8_t part : mesh.partIds)
        if (part >= parts)
            return invalid(fmt::format("a triangle is of part {}, but there are {}", part, parts));
    if (!mesh.partMaterials.empty() && mesh.partMaterials.size() != parts)
        return invalid(fmt::format("{} materials for {} parts", mesh.partMaterials.size(), parts));
    if (!mesh.tints.empty() && mesh.tints.size() != mesh.positions.size())
        return invalid(
            fmt::format("{} tints for {} vertices", mesh.tints.size(), mesh.positions.size()));
    if (!allFinite(mesh.tints)) return invalid("a tint is not a finite number");
    return Status::success();
}

Status checkBlendShapes(const AvatarMesh& mesh) {
    if (mesh.shapeCount < 0) return invalid("the number of blend shapes is negative");
    if (mesh.blendStart.empty()) {
        if (mesh.blendEntries.empty()) return Status::success();
        return invalid("blend shape entries belong to no vertex");
    }
    if (mesh.blendStart.size() != mesh.positions.size() + 1 || mesh.blendStart.front() != 0 ||
        mesh.blendStart.back() != mesh.blendEntries.size() ||
        !std::is_sorted(mesh.blendStart.begin(), mesh.blendStart.end()))
        return invalid("the ranges of the blend shape entries do not fit the vertices");
    for (const BlendEntry& entry : mesh.blendEntries) {
        if (entry.shape >= static_cast<std::uint32_t>(mesh.shapeCount))
            return invalid(fmt::format("an entry is of blend shape {}, but there are {}",
                                       entry.shape, mesh.shapeCount));
        if (!std::isfinite(entry.dx) || !std::isfinite(entry.dy) || !std::isfinite(entry.dz))
            return invalid("a blend shape moves a vertex by something that is not a finite number");
    }
    return Status::success();
}

} // namespace

Status checkMesh(const AvatarMesh& mesh) {
    for (const auto& check : {checkLimits, checkGeometry, checkSkin, checkParts, checkBlendShapes})
        if (auto status = check(mesh); !status) return status;
    return Status::success();
}

Status checkPose(const AvatarMesh& mesh, const AvatarPose& pose) {
    const auto joints = static_cast<std::size_t>(mesh.jointCount);
    const auto shapes = static_cast<std::size_t>(mesh.shapeCount);
    if (pose.worldFromRest.size() != joints ||
        (!pose.joints.empty() && pose.joints.size() != joints))
        return Error(ErrorCode::InvalidInput,
                     fmt::format("A pose of {} joints does not fit an avatar of {}.",
                                 pose.worldFromRest.size(), joints));
    if (!pose.blendWeights.empty() && pose.blendWeights.size() != shapes)
        return Error(ErrorCode::InvalidInput,
                     fmt::format("A pose with {} blend shape weights does not fit an avatar of {}.",
                                 pose.blendWeights.size(), shapes));
    if (!pose.restPositions.empty() && pose.restPositions.size() != mesh.positions.size())
        return Error(ErrorCode::InvalidInput,
                     fmt::format("A pose of {} vertices does not fit an avatar of {}.",
                                 pose.restPositions.size(), mesh.positions.size()));
    const bool finite = std::all_of(pose.worldFromRest.begin(), pose.worldFromRest.end(),
                                    [](const JointTransform& transform) {
                                        return transform.allFinite() &&
                                               transform.array().abs().maxCoeff() <= kMaxTransform;
                                    }) &&
                        std::all_of(pose.blendWeights.begin(), pose.blendWeights.end(),
                                    [](float weight) { return std::isfinite(weight); }) &&
                        allFinite(pose.joints) && allFinite(pose.restPositions);
    if (finite) return Status::success();
    return Error(ErrorCode::InvalidInput, "The pose cannot be shown: it holds a value that is not "
                                          "a finite number, or far too large.");
}

} // namespace gesture::render
