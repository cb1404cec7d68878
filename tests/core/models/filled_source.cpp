// SPDX-License-Identifier: Apache-2.0
#include "tests/core/models/filled_source.h"

#include "core/base/sha256.h"
#include "core/models/layers/basic.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <cmath>
#include <cstring>

namespace gesture::test {

namespace {

std::uint64_t hashOf(std::string_view name) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char letter : name) {
        hash ^= static_cast<unsigned char>(letter);
        hash *= 0x100000001B3ULL;
    }
    return hash;
}

/// Uniform in [0, 1) with 24 bits.
float uniformAt(std::uint64_t seed, std::uint64_t index) {
    std::uint64_t z = seed + (index + 1) * 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    z ^= z >> 31;
    return static_cast<float>(z >> 40) * 0x1p-24F;
}

bool endsWith(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// The fill rule of the golden values, by the tensor's name and axes.
at::Tensor filled(const models::TensorSpec& spec) {
    const std::string& name = spec.name;
    const at::Tensor v = namedUniform(name, spec.shape);
    if (endsWith(name, "running_var")) return 1.0F + 0.5F * ((v + 1.0F) * 0.5F);
    if (endsWith(name, "running_mean")) return 0.1F * v;
    if (endsWith(name, ".mask")) return (v > 0).to(at::kFloat);
    if (name == "mask_generator.fusion_weights") return 0.33F + 0.1F * v;
    if (name.find("moau_query") != std::string::npos || name == "mask_embeddings") return 0.5F * v;
    if (spec.shape.size() < 2) return endsWith(name, ".weight") ? 1.0F + 0.1F * v : 0.1F * v;
    double fanIn = 1.0;
    for (std::size_t axis = 1; axis < spec.shape.size(); ++axis)
        fanIn *= static_cast<double>(spec.shape[axis]);
    return v * static_cast<float>(std::sqrt(3.0 / fanIn));
}

} // namespace

at::Tensor namedUniform(std::string_view name, std::vector<std::int64_t> shape) {
    at::Tensor values = at::empty(shape, at::kFloat);
    const std::uint64_t seed = hashOf(name);
    auto* data = values.data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); ++i)
        data[i] = 2.0F * uniformAt(seed, static_cast<std::uint64_t>(i)) - 1.0F;
    return values;
}

at::Tensor FilledSource::take(const models::TensorSpec& spec) {
    specs_.emplace(spec.name, spec);
    if (spec.liveness == models::Liveness::Dead) return {};
    at::Tensor& tensor = tensors_[spec.name];
    if (tensor.defined()) return tensor;
    if (spec.role == models::TensorRole::Counter)
        tensor = at::zeros({}, at::kLong);
    else if (endsWith(spec.name, ".pe"))
        tensor = models::PositionTable::values(spec.shape[1] / 2, spec.shape[2]);
    else
        tensor = filled(spec);
    return tensor;
}

std::int64_t FilledSource::parameterCount() const {
    std::int64_t count = 0;
    for (const auto& [name, spec] : specs_) {
        if (spec.role != models::TensorRole::Parameter) continue;
        std::int64_t size = 1;
        for (const std::int64_t extent : spec.shape)
            size *= extent;
        count += size;
    }
    return count;
}

std::string FilledSource::digest() const {
    std::string text;
    for (const auto& [name, spec] : specs_) {
        text += name + '\t';
        for (std::size_t axis = 0; axis < spec.shape.size(); ++axis)
            text += (axis > 0 ? "x" : "") + std::to_string(spec.shape[axis]);
        text += '\n';
    }
    return sha256Of(text);
}

} // namespace gesture::test
