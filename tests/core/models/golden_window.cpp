// SPDX-License-Identifier: Apache-2.0
#include "tests/core/models/golden_window.h"

#include "tests/core/models/filled_source.h"
#include "tests/core/models/parity.h"

#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

namespace gesture::test {

models::MotionContext goldenContext(GoldenMask mask) {
    constexpr std::int64_t kFrames = 64;
    constexpr std::int64_t kChannels = 337;
    at::Tensor hidden = at::zeros({1, kFrames, kChannels});
    switch (mask) {
    case GoldenMask::Seed:
        hidden.narrow(1, 4, kFrames - 4).fill_(1);
        break;
    case GoldenMask::Part:
        hidden.narrow(1, 24, 20).fill_(1);
        hidden.narrow(1, 44, 8).narrow(2, 150, 180).fill_(1);
        break;
    case GoldenMask::None:
        break;
    }
    return {namedUniform("in:motion", {1, kFrames, kChannels}), hidden,
            at::ones({1, kFrames}, at::kLong)};
}

double at(const at::Tensor& tensor, std::initializer_list<std::int64_t> index) {
    at::Tensor element = tensor;
    for (const std::int64_t i : index)
        element = element.select(0, i);
    return element.item<double>();
}

void expectPart(const models::PartPrediction& part, const PartGolden& golden) {
    EXPECT_EQ(part.logits.sizes(), (std::vector<std::int64_t>{1, 16, 256, 6}));
    EXPECT_EQ(part.latents.sizes(), (std::vector<std::int64_t>{1, 6, 16, 256}));
    expectNear(at(part.logits, {0, 0, 0, 0}), golden.firstLogit, kLogitTolerance);
    expectNear(at(part.logits, {0, 15, 255, 5}), golden.lastLogit, kLogitTolerance);
    expectNear(part.logits.mean().item<double>(), golden.mean, kLogitTolerance);
    expectNear(part.logits.std().item<double>(), golden.deviation, kLogitTolerance);
    expectNear(at(part.latents, {0, 0, 0, 0}), golden.firstLatent, kLogitTolerance);
    expectNear(at(part.latents, {0, 5, 15, 255}), golden.lastLatent, kLogitTolerance);
}

} // namespace gesture::test
