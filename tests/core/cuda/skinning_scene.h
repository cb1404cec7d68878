// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cuda/skinning.h"

#include <cstdint>
#include <random>
#include <vector>

namespace gesture::test {

/// Arrays of a skinning job: a seeded random mesh whose every vertex hangs on eight joints.
struct SkinningScene {
    std::int64_t frames = 0;
    std::int64_t vertices = 0;
    std::int64_t joints = 0;
    std::vector<float> positions;
    std::vector<std::uint16_t> influences;
    std::vector<float> weights;
    std::vector<float> transforms;
    std::vector<float> skinned;

    GestureSkinning job() {
        return {
            frames,         vertices,          joints,        positions.data(), influences.data(),
            weights.data(), transforms.data(), skinned.data()};
    }
};

inline SkinningScene makeSkinningScene(std::int64_t frames, std::int64_t vertices,
                                       std::int64_t joints) {
    std::mt19937 random(7);
    std::uniform_real_distribution<float> coordinate(-1.0F, 1.0F);
    std::uniform_real_distribution<float> weight(0.0F, 0.25F);
    SkinningScene scene{frames, vertices, joints, {}, {}, {}, {}, {}};
    for (std::int64_t i = 0; i < vertices * 3; ++i)
        scene.positions.push_back(coordinate(random));
    for (std::int64_t i = 0; i < vertices * kGestureInfluences; ++i) {
        scene.influences.push_back(static_cast<std::uint16_t>(random() % joints));
        scene.weights.push_back(i % 3 == 0 ? 0.0F : weight(random));
    }
    for (std::int64_t i = 0; i < frames * joints * 12; ++i)
        scene.transforms.push_back(coordinate(random));
    scene.skinned.assign(static_cast<std::size_t>(frames * vertices * 3), -1.0F);
    return scene;
}

} // namespace gesture::test
