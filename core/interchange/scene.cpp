// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/scene.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace gesture::interchange {

namespace {

constexpr float kUnitTolerance = 1e-3F;

Status bad(const std::string& what) { return Error{ErrorCode::InvalidInput, what}; }

bool isUnit(const Eigen::Quaternionf& rotation) {
    return std::abs(rotation.norm() - 1) <= kUnitTolerance; // false for numbers that are not finite
}

Status checkJoints(const std::vector<SceneJoint>& joints) {
    for (std::size_t i = 0; i < joints.size(); ++i) {
        const SceneJoint& joint = joints[i];
        if (joint.parent < -1 || joint.parent >= static_cast<int>(i))
            return bad(fmt::format("Joint '{}' comes before its parent.", joint.name));
        if (!joint.restTranslation.allFinite() || !isUnit(joint.restRotation) ||
            !std::isfinite(joint.restScale) || joint.restScale == 0)
            return bad(fmt::format("Joint '{}' has no proper rest pose.", joint.name));
    }
    return Status::success();
}

template <typename T>
bool allFinite(const std::vector<T>& vectors) {
    return std::all_of(vectors.begin(), vectors.end(), [](const T& v) { return v.allFinite(); });
}

Status checkMorphs(const SceneMesh& mesh) {
    for (const SceneMorph& morph : mesh.morphs) {
        const std::size_t count = morph.vertices.size();
        if (morph.offsets.size() != count ||
            (!morph.normals.empty() && morph.normals.size() != count))
            return bad(fmt::format("Shape '{}' has {} vertices and {} offsets.", morph.name, count,
                                   morph.offsets.size()));
        for (const std::uint32_t vertex : morph.vertices)
            if (vertex >= mesh.positions.size())
                return bad(fmt::format("Shape '{}' moves vertex {} of {}.", morph.name, vertex,
                                       mesh.positions.size()));
        if (!allFinite(morph.offsets) || !allFinite(morph.normals))
            return bad(fmt::format("Shape '{}' has numbers that are not finite.", morph.name));
    }
    return Status::success();
}

Status checkInfluences(const SceneMesh& mesh, std::size_t joints) {
    for (const auto& vertex : mesh.influences)
        for (const SceneMesh::Influence& influence : vertex)
            if (influence.joint >= joints || !std::isfinite(influence.weight))
                return bad(fmt::format("Mesh '{}' follows joint {} of {}.", mesh.name,
                                       influence.joint, joints));
    return Status::success();
}

Status checkMesh(const SceneMesh& mesh, const Scene& scene) {
    const std::size_t vertices = mesh.positions.size();
    const auto fits = [&](std::size_t size) { return size == 0 || size == vertices; };
    if (!fits(mesh.normals.size()) || !fits(mesh.uvs.size()) || !fits(mesh.influences.size()))
        return bad(fmt::format("Mesh '{}' has arrays of other lengths than its {} vertices.",
                               mesh.name, vertices));
    if (!allFinite(mesh.positions) || !allFinite(mesh.normals) || !allFinite(mesh.uvs))
        return bad(fmt::format("Mesh '{}' has numbers that are not finite.", mesh.name));
    for (const auto& triangle : mesh.triangles)
        for (const std::uint32_t vertex : triangle)
            if (vertex >= vertices)
                return bad(fmt::format("Mesh '{}' has a triangle with vertex {} of {}.", mesh.name,
                                       vertex, vertices));
    const std::size_t materials = mesh.triangleMaterials.size();
    if (materials != 0 && materials != mesh.triangles.size())
        return bad(fmt::format("Mesh '{}' has {} materials for {} triangles.", mesh.name, materials,
                               mesh.triangles.size()));
    for (const std::uint32_t material : mesh.triangleMaterials)
        if (material >= scene.materials.size())
            return bad(fmt::format("Mesh '{}' has material {} of {}.", mesh.name, material,
                                   scene.materials.size()));
    if (const Status morphs = checkMorphs(mesh); !morphs) return morphs;
    return checkInfluences(mesh, scene.joints.size());
}

Status checkAnimation(const SceneAnimation& animation, std::size_t joints) {
    const auto frames = static_cast<std::size_t>(std::max<std::int64_t>(animation.frames, 0));
    if (frames == 0 || !std::isfinite(animation.framesPerSecond) || animation.framesPerSecond <= 0)
        return bad(fmt::format("Motion '{}' has {} frames at {} frames a second.", animation.name,
                               animation.frames, animation.framesPerSecond));
    if (animation.rotations.size() != frames * joints ||
        animation.translations.size() != frames * animation.movingJoints.size() ||
        animation.morphWeights.size() != frames * animation.morphNames.size())
        return bad(fmt::format("Motion '{}' has arrays that do not fit {} frames of {} joints.",
                               animation.name, frames, joints));
    for (const int joint : animation.movingJoints)
        if (joint < 0 || static_cast<std::size_t>(joint) >= joints)
            return bad(
                fmt::format("Motion '{}' moves joint {} of {}.", animation.name, joint, joints));
    const bool finite = allFinite(animation.translations) &&
                        std::all_of(animation.morphWeights.begin(), animation.morphWeights.end(),
                                    [](float weight) { return std::isfinite(weight); });
    if (!finite || !std::all_of(animation.rotations.begin(), animation.rotations.end(), isUnit))
        return bad(fmt::format("Motion '{}' has numbers that are no rotation or not finite.",
                               animation.name));
    return Status::success();
}

} // namespace

Status checkScene(const Scene& scene) {
    if (const Status joints = checkJoints(scene.joints); !joints) return joints;
    for (const SceneMesh& mesh : scene.meshes)
        if (const Status fits = checkMesh(mesh, scene); !fits) return fits;
    for (const SceneAnimation& animation : scene.animations)
        if (const Status fits = checkAnimation(animation, scene.joints.size()); !fits) return fits;
    return Status::success();
}

} // namespace gesture::interchange
