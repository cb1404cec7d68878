// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/scope.h"
#include "training/loop/stage.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace gesture::training {

/// How the tensors of a network begin. Every tensor draws from a generator of its own that follows
/// from the seed and the tensor's name, so that values do not depend on the order of construction.
struct InitialValues {
    std::uint64_t seed = 0;
    /// Deviation of `mask_embeddings`; the originals take hidden^-0.5.
    double maskDeviation = 0.036;
    /// Do all layers of stacks that the originals copy from one template begin alike, as theirs do?
    bool copiedStacks = false;
    /// Values from elsewhere (a bundle that is trained on), of the wanted shape; nothing: the rule.
    std::function<std::optional<at::Tensor>(const models::TensorSpec&)> known;
};

/// The tensors of one network that learns: gives them to the network while it is constructed, fills
/// them, and lists them for optimiser, checkpoint and export. Dead tensors are not made. The
/// network shares their memory, so writing into them is writing into the network.
class TrainableTensors final : public models::TensorSource {
public:
    /// Without gradients (a teacher) all tensors count as buffers.
    enum class Gradients { Yes, No };
    explicit TrainableTensors(at::Device device, Gradients gradients = Gradients::Yes);

    at::Tensor take(const models::TensorSpec& spec) override;

    /// Fills all tensors: linear maps and convolutions uniformly within 1 / sqrt(inputs), packed
    /// attention by Xavier's uniform rule with biases 0, tables from N(0, 1), norms with 1 and 0,
    /// convolutions below "main" by Xavier's normal rule with biases 0, positions with their sines
    /// (torch's defaults and the originals' own rules).
    void fill(const InitialValues& values);

    /// In the order of construction.
    [[nodiscard]] std::span<const NamedTensor> parameters() const { return parameters_; }
    [[nodiscard]] std::span<const NamedTensor> buffers() const { return buffers_; }
    /// Both, as they go into a file.
    [[nodiscard]] std::vector<NamedTensor> all() const;
    /// The tensor of that name, which must exist.
    [[nodiscard]] at::Tensor named(const std::string& name) const;
    [[nodiscard]] bool has(const std::string& name) const { return tensors_.contains(name); }

private:
    struct Entry {
        models::TensorSpec spec;
        at::Tensor tensor;
    };
    [[nodiscard]] at::Tensor initial(const models::TensorSpec& spec,
                                     const InitialValues& values) const;
    [[nodiscard]] std::int64_t inputsOf(const std::string& weightName) const;

    at::Device device_;
    Gradients gradients_;
    std::map<std::string, Entry> tensors_;
    std::vector<NamedTensor> parameters_;
    std::vector<NamedTensor> buffers_;
};

} // namespace gesture::training
