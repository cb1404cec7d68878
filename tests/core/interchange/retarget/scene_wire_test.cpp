// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/import/scene_wire.h"

#include "tests/core/interchange/retarget/synthetic_rig.h"

#include <gtest/gtest.h>

#include <cstring>

namespace gesture::interchange {
namespace {

Scene sample() {
    Scene scene = test::syntheticRig({});
    scene.name = "rig";
    SceneMesh& mesh = scene.meshes.front();
    mesh.normals.assign(3, Eigen::Vector3f::UnitZ());
    mesh.uvs.assign(3, Eigen::Vector2f(0.5F, 0.25F));
    mesh.triangleMaterials = {0};
    mesh.influences[1] = {{3, 0.75F}, {2, 0.25F}};
    mesh.morphs.push_back({"smile", {2}, {Eigen::Vector3f(0, 0.1F, 0)}, {}});
    scene.materials.front().name = "skin";
    scene.materials.front().baseColourPng = {1, 2, 3};
    return scene;
}

TEST(SceneWire, KeepsEverythingButMotion) {
    const Scene scene = sample();
    const auto again = decodeScene(encodeScene(scene));
    ASSERT_TRUE(again.ok()) << again.error().message();
    EXPECT_EQ(encodeScene(*again), encodeScene(scene));
    ASSERT_EQ(again->joints.size(), scene.joints.size());
    EXPECT_EQ(again->joints[5].name, scene.joints[5].name);
    EXPECT_EQ(again->joints[5].parent, scene.joints[5].parent);
    EXPECT_EQ(again->meshes.front().influences[1].size(), 2U);
    EXPECT_EQ(again->meshes.front().morphs.front().name, "smile");
    EXPECT_EQ(again->materials.front().baseColourPng.size(), 3U);
}

TEST(SceneWire, RefusesEveryCutAndNeverCrashes) {
    const auto bytes = encodeScene(sample());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(decodeScene(std::span(bytes).first(size)).ok()) << size;
    auto longer = bytes;
    longer.push_back(std::byte{0});
    EXPECT_FALSE(decodeScene(longer).ok());
}

TEST(SceneWire, TakesNoMemoryForNumbersThatDoNotFit) {
    const auto bytes = encodeScene(sample());
    for (std::size_t at = 8; at + 4 <= bytes.size(); ++at) {
        auto changed = bytes;
        const std::uint32_t huge = 0xFFFFFFF0;
        std::memcpy(changed.data() + at, &huge, sizeof(huge));
        const auto scene = decodeScene(changed); // accepted or refused, but quickly
        if (scene.ok()) {
            EXPECT_TRUE(checkScene(*scene).ok());
        }
    }
}

TEST(SceneWire, RefusesParentsThatComeLater) {
    Scene scene = sample();
    scene.joints[3].parent = 3;
    EXPECT_FALSE(decodeScene(encodeScene(scene)).ok());
    scene.joints[3].parent = 9;
    EXPECT_FALSE(decodeScene(encodeScene(scene)).ok());
}

} // namespace
} // namespace gesture::interchange
