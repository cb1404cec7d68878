// SPDX-License-Identifier: Apache-2.0
#include "training/stages/trainable_tensors.h"

#include "core/base/assert.h"
#include "core/models/layers/basic.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>

#include <cmath>
#include <string_view>
#include <utility>

namespace gesture::training {

namespace {

using models::TensorRole;
using models::TensorSpec;

std::uint64_t hashOf(std::string_view name) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char letter : name) {
        hash ^= static_cast<unsigned char>(letter);
        hash *= 0x100000001B3ULL;
    }
    return hash;
}

/// The name of which a tensor's numbers follow. Layers of the originals' stacks are copies of a
/// template: what stands before and in ".layers.N." gives way to the template's place.
std::string seedName(const TensorSpec& spec, bool copiedStacks) {
    const std::string_view mark = ".layers.";
    const std::size_t at = spec.name.find(mark);
    if (!copiedStacks || at == std::string::npos) return spec.name;
    const std::size_t rest = spec.name.find('.', at + mark.size());
    if (rest == std::string::npos) return spec.name;
    const std::string stack = spec.name.substr(0, at);
    const bool encoder = stack.find("encoder") != std::string::npos;
    std::string owner;
    if (stack.starts_with("MAM.")) owner = "MAM";
    if (stack.starts_with("predict_res_")) owner = stack.substr(0, stack.find('.'));
    std::string name = owner + (encoder ? ":encoder" : ":decoder") + spec.name.substr(rest);
    for (const std::int64_t size : spec.shape)
        name += ' ' + std::to_string(size);
    return name;
}

std::int64_t product(std::span<const std::int64_t> sizes) {
    std::int64_t count = 1;
    for (const std::int64_t size : sizes)
        count *= size;
    return count;
}

at::Tensor uniform(const TensorSpec& spec, double bound, const at::Generator& generator) {
    return at::empty(spec.shape, at::kFloat).uniform_(-bound, bound, generator);
}

at::Tensor normal(const TensorSpec& spec, double deviation, const at::Generator& generator) {
    return at::empty(spec.shape, at::kFloat).normal_(0.0, deviation, generator);
}

at::Tensor initialBuffer(const TensorSpec& spec) {
    if (spec.role == TensorRole::Counter) return at::zeros(spec.shape, at::kLong);
    if (spec.name.ends_with(".pe"))
        return models::PositionTable::values(spec.shape[1] / 2, spec.shape[2]);
    const bool one = spec.name.ends_with("running_var") || spec.name.ends_with(".deviation") ||
                     spec.name.ends_with(".mask");
    return one ? at::ones(spec.shape, at::kFloat) : at::zeros(spec.shape, at::kFloat);
}

/// Inputs of a map or of a convolution, per output.
std::int64_t fanIn(const std::vector<std::int64_t>& shape) {
    return product(std::span(shape).subspan(1));
}

at::Tensor initialWeight(const TensorSpec& spec, bool isTable, const at::Generator& generator) {
    const double inputs = static_cast<double>(fanIn(spec.shape));
    const double outputs = static_cast<double>(spec.shape[0]) *
                           static_cast<double>(product(std::span(spec.shape).subspan(2)));
    if (spec.name.ends_with("in_proj_weight"))
        return uniform(spec, std::sqrt(6.0 / (inputs + outputs)), generator);
    if (spec.name.find("main.") != std::string::npos)
        return normal(spec, std::sqrt(2.0 / (inputs + outputs)), generator);
    if (isTable) return normal(spec, 1.0, generator);
    return uniform(spec, 1.0 / std::sqrt(inputs), generator);
}

} // namespace

TrainableTensors::TrainableTensors(at::Device device, Gradients gradients)
    : device_(device)
    , gradients_(gradients) {}

at::Tensor TrainableTensors::take(const TensorSpec& spec) {
    if (spec.liveness == models::Liveness::Dead) return {};
    const auto found = tensors_.find(spec.name);
    if (found != tensors_.end()) return found->second.tensor;
    const bool counter = spec.role == TensorRole::Counter;
    at::Tensor tensor = at::empty(
        spec.shape, at::TensorOptions().device(device_).dtype(counter ? at::kLong : at::kFloat));
    const bool learnt = spec.role == TensorRole::Parameter && gradients_ == Gradients::Yes;
    if (learnt) tensor.set_requires_grad(true);
    (learnt ? parameters_ : buffers_).push_back({spec.name, tensor});
    tensors_.emplace(spec.name, Entry{spec, tensor});
    return tensor;
}

std::int64_t TrainableTensors::inputsOf(const std::string& weightName) const {
    const auto weight = tensors_.find(weightName);
    if (weight == tensors_.end() || weight->second.spec.shape.size() < 2) return 0;
    return fanIn(weight->second.spec.shape);
}

at::Tensor TrainableTensors::initial(const TensorSpec& spec, const InitialValues& values) const {
    if (spec.role != TensorRole::Parameter) return initialBuffer(spec);
    const std::string& name = spec.name;
    at::Generator generator = at::detail::createCPUGenerator(
        values.seed * 0x9E3779B97F4A7C15ULL + hashOf(seedName(spec, values.copiedStacks)));
    if (name == "mask_embeddings") return normal(spec, values.maskDeviation, generator);
    if (name.find("moau_query") != std::string::npos) return at::zeros(spec.shape, at::kFloat);
    if (name.ends_with("fusion_weights")) return at::full(spec.shape, 0.33, at::kFloat);
    if (spec.shape.size() > 1) {
        const bool isTable = spec.shape.size() == 2 && name.ends_with("weight") &&
                             !name.ends_with("in_proj_weight") &&
                             !has(name.substr(0, name.size() - 6) + "bias");
        return initialWeight(spec, isTable, generator);
    }
    if (name.ends_with("weight")) return at::ones(spec.shape, at::kFloat); // a norm
    const std::int64_t inputs = inputsOf(name.substr(0, name.size() - 4) + "weight");
    const bool zero = inputs == 0 || name.ends_with("out_proj.bias") ||
                      name.ends_with("in_proj_bias") || name.find("main.") != std::string::npos;
    if (zero) return at::zeros(spec.shape, at::kFloat);
    return uniform(spec, 1.0 / std::sqrt(static_cast<double>(inputs)), generator);
}

void TrainableTensors::fill(const InitialValues& values) {
    const at::NoGradGuard noGradient;
    for (auto& [name, entry] : tensors_) {
        std::optional<at::Tensor> known;
        if (values.known) known = values.known(entry.spec);
        entry.tensor.copy_(known ? *known : initial(entry.spec, values));
    }
}

std::vector<NamedTensor> TrainableTensors::all() const {
    std::vector<NamedTensor> tensors(parameters_.begin(), parameters_.end());
    tensors.insert(tensors.end(), buffers_.begin(), buffers_.end());
    return tensors;
}

at::Tensor TrainableTensors::named(const std::string& name) const {
    const auto found = tensors_.find(name);
    GESTURE_ASSERT(found != tensors_.end());
    return found->second.tensor;
}

} // namespace gesture::training
