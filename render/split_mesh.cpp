// SPDX-License-Identifier: Apache-2.0
#include "render/split_mesh.h"

#include <algorithm>
#include <unordered_map>

namespace gesture::render {

namespace {

/// Hands out the drawn vertex of a (vertex, part) pair.
class Splitter {
public:
    Splitter(const AvatarMesh& mesh, const std::vector<float>& openness, SplitMesh& result)
        : mesh_(mesh)
        , openness_(openness)
        , result_(result) {}

    std::uint32_t drawnVertex(std::uint32_t source, std::uint32_t part) {
        const std::uint64_t key = std::uint64_t{source} << 8U | part;
        const auto next = static_cast<std::uint32_t>(result_.vertices.size());
        const auto [found, isNew] = known_.try_emplace(key, next);
        if (isNew)
            result_.vertices.push_back({source, part, tintOf(source, part), openness_[source]});
        return found->second;
    }

private:
    [[nodiscard]] std::array<float, 4> tintOf(std::uint32_t source, std::uint32_t part) const {
        return part == 0 && !mesh_.tints.empty() ? mesh_.tints[source] : std::array<float, 4>{};
    }

    const AvatarMesh& mesh_;
    const std::vector<float>& openness_;
    SplitMesh& result_;
    std::unordered_map<std::uint64_t, std::uint32_t> known_;
};

bool isTwoSided(const AvatarMesh& mesh, std::uint32_t part) {
    return std::find(mesh.twoSidedParts.begin(), mesh.twoSidedParts.end(), part) !=
           mesh.twoSidedParts.end();
}

float meanEdge(const AvatarMesh& mesh, const std::array<std::uint32_t, 3>& face) {
    const Eigen::Vector3f a(mesh.positions[face[0]].data());
    const Eigen::Vector3f b(mesh.positions[face[1]].data());
    const Eigen::Vector3f c(mesh.positions[face[2]].data());
    return ((b - a).norm() + (c - b).norm() + (a - c).norm()) / 3.0F;
}

std::uint32_t partOf(const AvatarMesh& mesh, std::size_t face) {
    return mesh.partIds.empty() ? 0U : mesh.partIds[face];
}

} // namespace

SplitMesh splitByPart(const AvatarMesh& mesh, const std::vector<float>& openness) {
    SplitMesh result;
    result.faces.reserve(mesh.faces.size());
    Splitter splitter(mesh, openness, result);
    std::vector<std::vector<std::uint32_t>> facesOf(256);
    for (std::size_t f = 0; f < mesh.faces.size(); ++f)
        facesOf[partOf(mesh, f)].push_back(static_cast<std::uint32_t>(f));
    for (std::uint32_t part = 0; part < facesOf.size(); ++part) {
        if (facesOf[part].empty()) continue;
        PartRange range{result.faces.size(), facesOf[part].size(), isTwoSided(mesh, part), 0.0F};
        float edges = 0.0F;
        for (const std::uint32_t f : facesOf[part]) {
            const auto& face = mesh.faces[f];
            edges += meanEdge(mesh, face) / static_cast<float>(range.faceCount);
            result.faces.push_back({splitter.drawnVertex(face[0], part),
                                    splitter.drawnVertex(face[1], part),
                                    splitter.drawnVertex(face[2], part)});
        }
        range.edgeMetres = edges;
        result.parts.push_back(range);
    }
    return result;
}

VertexCorners cornersOf(const AvatarMesh& mesh) {
    VertexCorners corners;
    corners.begin.assign(mesh.positions.size() + 1, 0);
    for (const auto& face : mesh.faces)
        for (const std::uint32_t vertex : face)
            ++corners.begin[vertex + 1];
    for (std::size_t v = 1; v < corners.begin.size(); ++v)
        corners.begin[v] += corners.begin[v - 1];
    corners.others.resize(3 * mesh.faces.size());
    std::vector<std::uint32_t> next(corners.begin.begin(), corners.begin.end() - 1);
    for (const auto& face : mesh.faces)
        for (std::size_t i = 0; i < 3; ++i)
            corners.others[next[face[i]]++] = {face[(i + 1) % 3], face[(i + 2) % 3]};
    return corners;
}

std::vector<Box> restBoxes(const AvatarMesh& mesh) {
    constexpr float kShare = 0.25F;
    std::vector<Box> boxes(static_cast<std::size_t>(mesh.jointCount));
    std::vector<bool> used(mesh.positions.size(), false);
    for (const auto& face : mesh.faces)
        for (const std::uint32_t vertex : face)
            used[vertex] = true;
    for (std::size_t v = 0; v < mesh.positions.size(); ++v) {
        if (!used[v]) continue;
        const auto& influence = mesh.influences[v];
        const Eigen::Vector3f position(mesh.positions[v].data());
        for (std::size_t i = 0; i < influence.joint.size(); ++i)
            if (influence.weight[i] >= kShare) boxes[influence.joint[i]].extend(position);
    }
    return boxes;
}

FacesByJoint facesByJoint(const AvatarMesh& mesh) {
    const auto holder = [&mesh](const std::array<std::uint32_t, 3>& face) {
        const auto& influence = mesh.influences[face[0]];
        const auto most = std::max_element(influence.weight.begin(), influence.weight.end());
        return influence.joint[static_cast<std::size_t>(most - influence.weight.begin())];
    };
    FacesByJoint sorted;
    sorted.faces = mesh.faces;
    std::stable_sort(sorted.faces.begin(), sorted.faces.end(),
                     [&](const auto& a, const auto& b) { return holder(a) < holder(b); });
    sorted.begin.assign(static_cast<std::size_t>(mesh.jointCount) + 1, 0);
    for (const auto& face : sorted.faces)
        ++sorted.begin[static_cast<std::size_t>(holder(face)) + 1];
    for (std::size_t j = 1; j < sorted.begin.size(); ++j)
        sorted.begin[j] += sorted.begin[j - 1];
    return sorted;
}

Box posedBox(const Box& restBox, const JointTransform& worldFromRest) {
    Box box;
    for (int corner = 0; corner < 8 && !restBox.isEmpty(); ++corner) {
        const Eigen::Vector3f rest = restBox.corner(static_cast<Box::CornerType>(corner));
        box.extend(Eigen::Vector3f(worldFromRest * rest.homogeneous()));
    }
    return box;
}

Box posedBounds(const std::vector<Box>& restBoxes, const AvatarPose& pose) {
    Box bounds;
    for (std::size_t j = 0; j < restBoxes.size(); ++j)
        bounds.extend(posedBox(restBoxes[j], pose.worldFromRest[j]));
    return bounds;
}

} // namespace gesture::render
