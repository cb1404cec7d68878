// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interchange/scene.h"

#include <cmath>

namespace gesture::test {

/// A rig unlike ours: two roots, turned and scaled rest poses, a joint in the middle that moves,
/// names in other scripts, with blanks, twice; a skinned strip with two shapes.
inline interchange::Scene foreignRig(std::int64_t frames = 40, double framesPerSecond = 30) {
    using Eigen::AngleAxisf;
    using Eigen::Quaternionf;
    using Eigen::Vector3f;
    interchange::Scene scene;
    scene.name = "Übung 演习";
    const auto turned = [](float x, float y, float z) {
        return Quaternionf(AngleAxisf(z, Vector3f::UnitZ()) * AngleAxisf(y, Vector3f::UnitY()) *
                           AngleAxisf(x, Vector3f::UnitX()));
    };
    scene.joints = {{"Hüfte", -1, {0.1F, 0.9F, 0}, turned(0.3F, 0, 0.2F), 1.0F},
                    {"上 身", 0, {0, 0.3F, 0.05F}, turned(0, 1.2F, 0), 1.0F},
                    {"Arm", 1, {0.2F, 0.1F, 0}, turned(-1.5F, 0.4F, 2.8F), 2.0F},
                    {"Arm", 2, {0.1F, 0, 0}, turned(0, 0, 0), 1.0F},
                    {"prop \"a\"", -1, {0.7F, 0.2F, 0.1F}, turned(0.5F, 0.5F, 0.5F), 1.0F}};
    scene.materials.resize(2);
    scene.materials[0].name = "Rot";
    scene.materials[1].name = "Blau";
    interchange::SceneMesh mesh;
    mesh.name = "Körper";
    for (std::uint32_t i = 0; i < 10; ++i) {
        const float along = 0.1F * static_cast<float>(i);
        mesh.positions.emplace_back(0.02F * static_cast<float>(i % 3), 0.9F + along, 0.05F * along);
        mesh.normals.emplace_back(0, 0, 1);
        mesh.uvs.emplace_back(along, 1 - along);
        mesh.influences.push_back({{i % 5, 0.5F},
                                   {(i + 1) % 5, 0.2F},
                                   {(i + 2) % 5, 0.15F},
                                   {(i + 3) % 5, 0.1F},
                                   {(i + 4) % 5, 0.05F}});
        if (i < 2) continue;
        mesh.triangles.push_back({i - 2, i - 1, i});
        mesh.triangleMaterials.push_back(i % 2);
    }
    mesh.morphs = {{"Lächeln", {2, 5}, {Vector3f(0.01F, 0, 0), Vector3f(0, 0.02F, 0)}, {}},
                   {"still", {}, {}, {}}};
    scene.meshes.push_back(mesh);
    interchange::SceneAnimation motion;
    motion.name = "Gehen";
    motion.framesPerSecond = framesPerSecond;
    motion.frames = frames;
    motion.movingJoints = {0, 2};
    motion.morphNames = {"Lächeln"};
    for (std::int64_t t = 0; t < frames; ++t) {
        const auto time = 0.21F * static_cast<float>(t);
        for (std::size_t j = 0; j < scene.joints.size(); ++j) {
            const auto own = static_cast<float>(j + 1);
            motion.rotations.push_back(
                scene.joints[j].restRotation *
                turned(std::sin(time * own), 0.3F * own * time, 0.8F * std::cos(time + own)));
        }
        motion.translations.emplace_back(0.1F + 0.01F * time, 0.9F, 0.02F * std::sin(time));
        motion.translations.emplace_back(0.2F, 0.1F + 0.05F * std::sin(time), 0);
        motion.morphWeights.push_back(0.5F + 0.5F * std::sin(time));
    }
    scene.animations.push_back(std::move(motion));
    return scene;
}

} // namespace gesture::test
