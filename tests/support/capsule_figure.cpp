// SPDX-License-Identifier: Apache-2.0
#include "tests/support/capsule_figure.h"

#include "tests/support/counter_random.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace gesture::test {

namespace {

using Vector = Eigen::Vector3f;
using render::AvatarMesh;

constexpr int kAround = 24;
constexpr int kCap = 6;
constexpr int kShaft = 10;

struct Capsule {
    int joint;
    Vector from;
    Vector to;
    float radius;
    std::uint8_t part;
};

const std::array<int, CapsuleJointCount> kParents{
    -1, Hips, Chest, Chest, LeftUpperArm, Chest, RightUpperArm, Hips, LeftThigh, Hips, RightThigh};

std::vector<Capsule> capsules() {
    std::vector<Capsule> list{
        {Hips, {-0.06F, 0.94F, 0.0F}, {0.06F, 0.94F, 0.0F}, 0.115F, 2},
        {Chest, {0.0F, 1.05F, 0.0F}, {0.0F, 1.32F, 0.0F}, 0.135F, 1},
        {Head, {0.0F, 1.54F, 0.01F}, {0.0F, 1.60F, 0.01F}, 0.10F, 0},
    };
    for (const float side : {1.0F, -1.0F}) {
        const int arm = side > 0 ? LeftUpperArm : RightUpperArm;
        const int leg = side > 0 ? LeftThigh : RightThigh;
        list.push_back({arm, {side * 0.16F, 1.38F, 0.0F}, {side * 0.43F, 1.38F, 0.0F}, 0.055F, 1});
        list.push_back(
            {arm + 1, {side * 0.44F, 1.38F, 0.0F}, {side * 0.74F, 1.38F, 0.0F}, 0.042F, 0});
        list.push_back({leg, {side * 0.10F, 0.90F, 0.0F}, {side * 0.11F, 0.50F, 0.0F}, 0.08F, 2});
        list.push_back(
            {leg + 1, {side * 0.11F, 0.49F, 0.0F}, {side * 0.11F, 0.06F, 0.0F}, 0.06F, 2});
    }
    return list;
}

void appendCapsule(const Capsule& capsule, AvatarMesh& mesh) {
    const Vector along = (capsule.to - capsule.from).normalized();
    const Vector helper = std::abs(along.z()) < 0.9F ? Vector::UnitZ() : Vector::UnitX();
    const Vector side = along.cross(helper).normalized();
    const Vector front = along.cross(side);
    const auto first = static_cast<std::uint32_t>(mesh.positions.size());
    constexpr int kRings = 2 * kCap + kShaft + 1;
    for (int ring = 0; ring < kRings; ++ring) {
        const int capStep = ring <= kCap ? ring : std::max(ring - kShaft, kCap);
        const float polar =
            0.5F * std::numbers::pi_v<float> * (static_cast<float>(capStep) / kCap - 1.0F);
        const float share = std::clamp(static_cast<float>(ring - kCap) / kShaft, 0.0F, 1.0F);
        const Vector centre = capsule.from + share * (capsule.to - capsule.from) +
                              capsule.radius * std::sin(polar) * along;
        for (int i = 0; i < kAround; ++i) {
            const float angle = 2.0F * std::numbers::pi_v<float> * static_cast<float>(i) / kAround;
            const Vector p = centre + capsule.radius * std::cos(polar) *
                                          (std::cos(angle) * side + std::sin(angle) * front);
            mesh.positions.push_back({p.x(), p.y(), p.z()});
            AvatarMesh::Influence influence;
            influence.joint[0] = static_cast<std::uint8_t>(capsule.joint);
            influence.weight[0] = 1.0F;
            mesh.influences.push_back(influence);
        }
    }
    const auto index = [first](int ring, int i) {
        return first + static_cast<std::uint32_t>(ring * kAround + i % kAround);
    };
    for (int ring = 0; ring + 1 < kRings; ++ring) {
        for (int i = 0; i < kAround; ++i) {
            mesh.faces.push_back({index(ring, i), index(ring, i + 1), index(ring + 1, i + 1)});
            mesh.faces.push_back({index(ring, i), index(ring + 1, i + 1), index(ring + 1, i)});
            mesh.partIds.insert(mesh.partIds.end(), 2, capsule.part);
        }
    }
}

void addBlendShapes(AvatarMesh& mesh) {
    mesh.shapeCount = 2;
    mesh.blendStart.push_back(0);
    for (std::size_t v = 0; v < mesh.positions.size(); ++v) {
        const auto& p = mesh.positions[v];
        if (mesh.influences[v].joint[0] == Head)
            mesh.blendEntries.push_back({0, 0.3F * p[0], 0.3F * (p[1] - 1.57F), 0.3F * p[2]});
        if (mesh.influences[v].joint[0] == LeftForearm)
            mesh.blendEntries.push_back({1, 0.0F, 0.0F, 0.05F});
        mesh.blendStart.push_back(static_cast<std::uint32_t>(mesh.blendEntries.size()));
    }
}

} // namespace

CapsuleFigure makeCapsuleFigure() {
    CapsuleFigure figure;
    AvatarMesh& mesh = figure.mesh;
    figure.restJoints.resize(CapsuleJointCount);
    for (const Capsule& capsule : capsules()) {
        appendCapsule(capsule, mesh);
        const Vector joint = capsule.joint == Hips ? Vector(0.0F, 0.94F, 0.0F) : capsule.from;
        figure.restJoints[static_cast<std::size_t>(capsule.joint)] = {joint.x(), joint.y(),
                                                                      joint.z()};
    }
    for (const auto& p : mesh.positions)
        mesh.tints.push_back({0.05F, 0.03F, 0.02F, p[1] > 1.63F ? 1.0F : 0.0F});
    mesh.partColours = {{0.60F, 0.39F, 0.29F}, {0.065F, 0.107F, 0.162F}, {0.032F, 0.037F, 0.050F}};
    mesh.partMaterials = {render::PartMaterial::Skin, render::PartMaterial::Cloth,
                          render::PartMaterial::Cloth};
    mesh.jointCount = CapsuleJointCount;
    mesh.jointParents.assign(kParents.begin(), kParents.end());
    addBlendShapes(mesh);
    return figure;
}

render::AvatarPose posed(const CapsuleFigure& figure,
                         const std::vector<std::array<float, 3>>& axisAngles,
                         std::array<float, 3> offset) {
    render::AvatarPose pose;
    std::vector<Eigen::Affine3f> worldFromJoint(CapsuleJointCount);
    for (std::size_t j = 0; j < CapsuleJointCount; ++j) {
        const Vector rest(figure.restJoints[j].data());
        const Vector turn(axisAngles[j].data());
        const float angle = turn.norm();
        Eigen::Affine3f local = Eigen::Affine3f::Identity();
        if (angle > 0.0F) local.rotate(Eigen::AngleAxisf(angle, turn / angle));
        const int parent = kParents[j];
        if (parent < 0) {
            worldFromJoint[j] = Eigen::Translation3f(rest + Vector(offset.data())) * local;
        } else {
            const auto p = static_cast<std::size_t>(parent);
            const Vector parentRest(figure.restJoints[p].data());
            worldFromJoint[j] = worldFromJoint[p] * Eigen::Translation3f(rest - parentRest) * local;
        }
        const Eigen::Affine3f worldFromRest = worldFromJoint[j] * Eigen::Translation3f(-rest);
        pose.worldFromRest.emplace_back(worldFromRest.matrix().topRows<3>());
        const Vector joint = worldFromJoint[j].translation();
        pose.joints.push_back({joint.x(), joint.y(), joint.z()});
    }
    pose.blendWeights.assign(static_cast<std::size_t>(figure.mesh.shapeCount), 0.0F);
    return pose;
}

render::AvatarPose relaxedPose(const CapsuleFigure& figure) {
    std::vector<std::array<float, 3>> angles(CapsuleJointCount);
    angles[LeftUpperArm] = {0.0F, 0.0F, -1.2F};
    angles[RightUpperArm] = {0.0F, 0.0F, 1.2F};
    angles[LeftForearm] = {0.0F, -0.9F, 0.0F};
    angles[RightForearm] = {0.0F, 0.5F, 0.0F};
    return posed(figure, angles);
}

render::AvatarMesh makeRandomMesh(int vertices, int joints, int shapes) {
    AvatarMesh mesh;
    mesh.jointCount = joints;
    mesh.shapeCount = shapes;
    mesh.blendStart.push_back(0);
    for (int v = 0; v < vertices; ++v) {
        const auto stream = static_cast<std::uint64_t>(v);
        mesh.positions.push_back(
            {counterUniform(stream, 0), counterUniform(stream, 1), counterUniform(stream, 2)});
        AvatarMesh::Influence influence;
        float sum = 0.0F;
        for (std::size_t i = 0; i < AvatarMesh::kMaxInfluences; ++i) {
            influence.joint[i] = static_cast<std::uint8_t>(counterBits(stream, 10 + i) %
                                                           static_cast<std::uint64_t>(joints));
            influence.weight[i] = 1.0F + counterUniform(stream, 20 + i);
            sum += influence.weight[i];
        }
        // Strongest first, as the stage sorts them; a few vertices use fewer.
        std::sort(influence.weight.begin(), influence.weight.end(), std::greater<>());
        for (float& weight : influence.weight)
            weight /= sum;
        mesh.influences.push_back(influence);
        for (int shape = v % 3; shape < shapes; shape += 3)
            mesh.blendEntries.push_back(
                {static_cast<std::uint32_t>(shape),
                 0.1F * counterUniform(stream, 100 + static_cast<std::uint64_t>(shape)),
                 0.1F * counterUniform(stream, 200 + static_cast<std::uint64_t>(shape)),
                 0.1F * counterUniform(stream, 300 + static_cast<std::uint64_t>(shape))});
        mesh.blendStart.push_back(static_cast<std::uint32_t>(mesh.blendEntries.size()));
    }
    for (std::uint32_t v = 0; v + 2 < static_cast<std::uint32_t>(vertices); ++v)
        mesh.faces.push_back({v, v + 1, v + 2});
    return mesh;
}

render::AvatarPose makeRandomPose(const AvatarMesh& mesh) {
    render::AvatarPose pose;
    for (int j = 0; j < mesh.jointCount; ++j) {
        const auto stream = 100000 + static_cast<std::uint64_t>(j);
        const Vector axis = Vector(counterUniform(stream, 0), counterUniform(stream, 1),
                                   counterUniform(stream, 2) + 1.5F)
                                .normalized();
        Eigen::Affine3f transform = Eigen::Affine3f::Identity();
        transform.rotate(Eigen::AngleAxisf(3.0F * counterUniform(stream, 3), axis));
        transform.pretranslate(Vector(counterUniform(stream, 4), counterUniform(stream, 5),
                                      counterUniform(stream, 6)));
        pose.worldFromRest.emplace_back(transform.matrix().topRows<3>());
    }
    for (int s = 0; s < mesh.shapeCount; ++s)
        pose.blendWeights.push_back(counterUniform(200000, static_cast<std::uint64_t>(s)));
    return pose;
}

std::vector<std::array<double, 3>> skinnedReference(const AvatarMesh& mesh,
                                                    const render::AvatarPose& pose) {
    std::vector<std::array<double, 3>> result;
    for (std::size_t v = 0; v < mesh.positions.size(); ++v) {
        Eigen::Vector3d rest = Vector(mesh.positions[v].data()).cast<double>();
        for (std::size_t i = mesh.blendStart[v]; i < mesh.blendStart[v + 1]; ++i) {
            const render::BlendEntry& entry = mesh.blendEntries[i];
            rest += static_cast<double>(pose.blendWeights[entry.shape]) *
                    Vector(entry.dx, entry.dy, entry.dz).cast<double>();
        }
        Eigen::Vector3d world = Eigen::Vector3d::Zero();
        for (std::size_t i = 0; i < AvatarMesh::kMaxInfluences; ++i)
            world += static_cast<double>(mesh.influences[v].weight[i]) *
                     (pose.worldFromRest[mesh.influences[v].joint[i]].cast<double>() *
                      rest.homogeneous());
        result.push_back({world.x(), world.y(), world.z()});
    }
    return result;
}

} // namespace gesture::test
