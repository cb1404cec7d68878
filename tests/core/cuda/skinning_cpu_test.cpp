// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/skinning_cpu.h"

#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using testing::ElementsAre;
using testing::FloatEq;
using testing::Pointwise;

/// Two joints: the first turns by 90 degrees about z, the second moves by (10, 20, 30).
constexpr std::array<float, 24> kTransforms{0, -1, 0, 0,  1, 0, 0, 0,  0, 0, 1, 0,
                                            1, 0,  0, 10, 0, 1, 0, 20, 0, 0, 1, 30};
constexpr std::array<float, 3> kPosition{1, 2, 3};

std::array<float, 3> skinOneVertex(std::array<float, 2> weightsOfJoints) {
    // The joints stand in the first and the last of the eight places.
    const std::array<std::uint16_t, 8> influences{0, 0, 0, 0, 0, 0, 0, 1};
    const std::array<float, 8> weights{weightsOfJoints[0], 0, 0, 0, 0, 0, 0, weightsOfJoints[1]};
    std::array<float, 3> skinned{};
    gesture::cuda::skinOnCpu({1, 1, 2, kPosition.data(), influences.data(), weights.data(),
                              kTransforms.data(), skinned.data()});
    return skinned;
}

TEST(SkinningOnCpu, OneJointMovesItsVertexRigidly) {
    EXPECT_THAT(skinOneVertex({1, 0}), ElementsAre(-2, 1, 3));
    EXPECT_THAT(skinOneVertex({0, 1}), ElementsAre(11, 22, 33));
}

TEST(SkinningOnCpu, JointsBlendByTheirWeights) {
    const std::array<float, 3> expected{-2 * 0.25F + 11 * 0.75F, 1 * 0.25F + 22 * 0.75F,
                                        3 * 0.25F + 33 * 0.75F};
    EXPECT_THAT(skinOneVertex({0.25F, 0.75F}), Pointwise(FloatEq(), expected));
}

TEST(SkinningOnCpu, EachFrameUsesItsOwnTransforms) {
    const std::array<std::uint16_t, 8> influences{};
    const std::array<float, 8> weights{1, 0, 0, 0, 0, 0, 0, 0};
    std::array<float, 6> skinned{};
    // The same 24 values, read as two frames of one joint.
    gesture::cuda::skinOnCpu({2, 1, 1, kPosition.data(), influences.data(), weights.data(),
                              kTransforms.data(), skinned.data()});
    EXPECT_THAT(skinned, ElementsAre(-2, 1, 3, 11, 22, 33));
}

} // namespace
