// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/io/bundle/manifest.h"
#include "training/loop/batch.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gesture::training {

/// A tensor of a stage under the name that its file uses.
struct NamedTensor {
    std::string name;
    at::Tensor tensor;
};

/// Where training stands when a step is computed.
struct StepContext {
    std::int64_t step = 0;
    std::int64_t stepsPerEpoch = 1;
    std::int64_t totalSteps = 1;
    RankShare share;
    /// What losses are multiplied with before they go backward (half precision); 1 in full.
    double lossScale = 1.0;

    [[nodiscard]] std::int64_t epoch() const { return step / stepsPerEpoch; }
};

/// Numbers for the record, by name ("loss", "loss.codes", "accuracy.upper.0", …), in the order in
/// which people should read them.
using Figures = std::vector<std::pair<std::string, double>>;

/// A network as a bundle has it: its entry in the manifest and its tensors.
struct ExportedNetwork {
    std::string role;
    io::NetworkEntry entry;
    std::vector<NamedTensor> tensors;
};

/// One thing that can be trained: its networks, its losses and its measures. The loop owns
/// optimiser, schedule, checkpoints and logs, and knows nothing of networks. Everything random draws
/// from torch's generators, which the loop seeds from (seed, step, rank) before each call. Used by
/// one thread.
class Stage {
public:
    Stage() = default;
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;
    virtual ~Stage() = default;

    /// What gradients change, in a fixed order; leaf tensors that require gradients.
    [[nodiscard]] virtual std::span<const NamedTensor> parameters() const = 0;
    /// Everything else that must survive (running statistics, codebooks and their averages, a
    /// teacher): written and read with checkpoints, in place.
    [[nodiscard]] virtual std::span<const NamedTensor> buffers() const = 0;

    /// Computes the losses of a batch on the parameters' device and adds their gradients to those
    /// of the parameters. Returns at least "loss". The loop has cleared the gradients, and averages
    /// them over ranks afterwards.
    [[nodiscard]] virtual Figures addGradients(const Batch& batch, const StepContext& context) = 0;
    /// After the optimiser has moved the parameters (teachers follow here).
    virtual void afterStep(const StepContext& /*context*/) {}

    /// Measures on held-out data, without gradients; `control` may stop it (Cancelled).
    [[nodiscard]] virtual Result<Figures> evaluate(const BatchSource& heldOut,
                                                   JobControl& control) = 0;
    /// By which of `evaluate`'s figures the best checkpoint is told; lower is better.
    [[nodiscard]] virtual std::string_view selection() const = 0;

    /// The networks as they stand, as they go into a bundle.
    [[nodiscard]] virtual std::vector<ExportedNetwork> networks() const = 0;
};

} // namespace gesture::training
