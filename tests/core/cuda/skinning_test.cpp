// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/skinning_cpu.h"
#include "tests/core/cuda/skinning_scene.h"

#include <cmath>
#include <gtest/gtest.h>

namespace {

/// Eight products of values up to 4: float32 sums in another order and with fused multiply-add.
constexpr float kTolerance = 1e-5F;

TEST(SkinningOnGpu, EqualsThePlainLoop) {
    if (gestureCudaDeviceCount() == 0) GTEST_SKIP() << "There is no GPU that CUDA can use.";
    // The mesh that ships; its vertices fill no whole number of blocks.
    auto scene = gesture::test::makeSkinningScene(5, 10475, 55);
    gesture::cuda::skinOnCpu(scene.job());
    const std::vector<float> expected = scene.skinned;
    scene.skinned.assign(expected.size(), -1.0F);

    const GestureSkinning job = scene.job();
    const int code = gestureCudaSkinHost(&job);

    ASSERT_EQ(code, 0) << gestureCudaErrorText(code);
    for (std::size_t i = 0; i < expected.size(); ++i)
        ASSERT_NEAR(scene.skinned[i], expected[i], kTolerance) << "value " << i;
}

TEST(SkinningOnGpu, MoreFramesThanTheGridHasRows) {
    if (gestureCudaDeviceCount() == 0) GTEST_SKIP() << "There is no GPU that CUDA can use.";
    auto scene = gesture::test::makeSkinningScene(70000, 2, 3);
    gesture::cuda::skinOnCpu(scene.job());
    const std::vector<float> expected = scene.skinned;
    scene.skinned.assign(expected.size(), -1.0F);

    const GestureSkinning job = scene.job();
    const int code = gestureCudaSkinHost(&job);

    ASSERT_EQ(code, 0) << gestureCudaErrorText(code);
    for (std::size_t i = 0; i < expected.size(); ++i)
        ASSERT_NEAR(scene.skinned[i], expected[i], kTolerance) << "value " << i;
}

} // namespace
