// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/networks/generator_sizes.h"
#include "training/loop/batch.h"
#include "training/loop/stage.h"
#include "training/stages/code_targets.h"
#include "training/stages/stage_support.h"

#include <cstdint>
#include <string>

namespace gesture::test {

/// Sizes of a generator that a test can train: window 16, hidden 16, latent 8, 2 layers of 8 codes.
[[nodiscard]] models::GeneratorSizes tinyGenerator();
/// The same with everything that small networks have on top.
[[nodiscard]] models::GeneratorSizes tinyFlaggedGenerator();

/// A batch with every stream that a stage may want, of values that follow from names: motion that
/// is made of rotations, codes, speech, words and labels.
[[nodiscard]] training::Batch syntheticBatch(std::int64_t batch,
                                             const models::GeneratorSizes& sizes,
                                             const std::string& name = "batch");

/// Codebooks of four parts that fit the sizes.
[[nodiscard]] training::Codebooks syntheticCodebooks(const models::GeneratorSizes& sizes);

/// The same few batches again and again.
class RepeatedBatches final : public training::BatchSource {
public:
    RepeatedBatches(training::Batch batch, std::int64_t steps)
        : batch_(std::move(batch))
        , steps_(steps) {}
    [[nodiscard]] std::int64_t stepsPerEpoch() const override { return steps_; }
    [[nodiscard]] Result<training::Batch> at(std::int64_t, training::RankShare) const override {
        return batch_;
    }

private:
    training::Batch batch_;
    std::int64_t steps_;
};

/// Basics of a test: the processor, no dropout, seed 1.
[[nodiscard]] training::StageBasics plainBasics();

/// The figure of that name; fails the test when there is none.
[[nodiscard]] double figure(const training::Figures& figures, const std::string& name);

/// One step of Adam with the gradients of a batch; returns the figures.
class SmallOptimiser {
public:
    explicit SmallOptimiser(training::Stage& stage, double rate = 3e-3)
        : stage_(stage)
        , rate_(rate) {}
    training::Figures step(const training::Batch& batch);

private:
    training::Stage& stage_;
    double rate_;
    std::int64_t steps_ = 0;
    std::vector<at::Tensor> first_, second_;
};

/// Whether the tensors that a stage exports are, by name and shape, those of the network that its
/// manifest entries describe.
void expectExportable(const training::Stage& stage);

/// Whether every parameter got a finite gradient, and at least one is not 0.
void expectGradients(const training::Stage& stage);

} // namespace gesture::test
