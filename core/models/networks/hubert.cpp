// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/hubert.h"

#include <ATen/ops/conv1d.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/sqrt.h>

#include <functional>
#include <numeric>
#include <string>

namespace gesture::models {

namespace {

/// The weight of the position convolution: direction times length, both learnt; the length belongs
/// to a tap of the kernel.
at::Tensor positionWeight(const Scope& scope, const HubertSizes& sizes) {
    const Scope place = scope / "encoder" / "pos_conv_embed" / "conv";
    const at::Tensor length = place.parameter("weight_g", {1, 1, sizes.positionKernel});
    const at::Tensor direction = place.parameter(
        "weight_v", {sizes.width, sizes.width / sizes.positionGroups, sizes.positionKernel});
    return direction * (length / at::sqrt(direction.square().sum(at::IntArrayRef({0, 1}), true)));
}

/// (batch, time, channels), contiguous, to (batch, places, kernel x channels): what each place of
/// the kernel sees. A view that overlaps itself.
at::Tensor kernelWindows(const at::Tensor& x, std::int64_t kernel, std::int64_t stride) {
    const std::int64_t channels = x.size(2);
    return x.as_strided({x.size(0), (x.size(1) - kernel) / stride + 1, kernel * channels},
                        {x.stride(0), stride * channels, 1});
}

} // namespace

std::int64_t HubertSizes::frameCount(std::int64_t samples) const {
    std::int64_t count = samples;
    for (std::size_t i = 0; i < kernels.size(); ++i) {
        if (count < kernels[i]) return 0;
        count = (count - kernels[i]) / strides[i] + 1;
    }
    return count;
}

std::int64_t HubertSizes::samplesPerFrame() const {
    return std::accumulate(strides.begin(), strides.end(), std::int64_t{1}, std::multiplies<>());
}

std::int64_t HubertSizes::samplesForOneFrame() const {
    std::int64_t count = 1;
    for (std::size_t i = kernels.size(); i-- > 0;)
        count = (count - 1) * strides[i] + kernels[i];
    return count;
}

Hubert::Block::Block(const Scope& scope, const HubertSizes& sizes)
    : attention(scope / "attention", sizes.width, sizes.heads)
    , attentionNorm(scope / "layer_norm", sizes.width)
    , widen(scope / "feed_forward" / "intermediate_dense", sizes.width, sizes.feedForward)
    , narrow(scope / "feed_forward" / "output_dense", sizes.feedForward, sizes.width)
    , blockNorm(scope / "final_layer_norm", sizes.width) {}

Hubert::Hubert(TensorSource& source, const HubertSizes& sizes)
    : Hubert(Scope(source), sizes) {}

Hubert::Hubert(const Scope& scope, const HubertSizes& sizes)
    : sizes_(sizes)
    , projectionNorm_(scope / "feature_projection" / "layer_norm", sizes.channels.back())
    , projection_(scope / "feature_projection" / "projection", sizes.channels.back(), sizes.width)
    , positionWeight_(positionWeight(scope, sizes))
    , positionBias_(
          (scope / "encoder" / "pos_conv_embed" / "conv").parameter("bias", {sizes.width}))
    , norm_(scope / "encoder" / "layer_norm", sizes.width) {
    // What masked stretches look like; only pre-training masks.
    const at::Tensor unused = scope.dead().parameter("masked_spec_embed", {sizes.width});
    for (std::size_t i = 0; i < sizes.kernels.size(); ++i)
        frontEnd_.push_back(frontEndStage(
            scope / "feature_extractor" / "conv_layers" / std::to_string(i), sizes, i));
    for (std::int64_t i = 0; i < sizes.layers; ++i)
        blocks_.emplace_back(scope / "encoder" / "layers" / std::to_string(i), sizes);
}

Hubert::FrontEnd Hubert::frontEndStage(const Scope& scope, const HubertSizes& sizes,
                                       std::size_t index) {
    const std::int64_t in = index == 0 ? 1 : sizes.channels[index - 1];
    const std::int64_t out = sizes.channels[index];
    const Scope convolution = scope / "conv";
    const at::Tensor taps = convolution.parameter("weight", {out, in, sizes.kernels[index]});
    at::Tensor bias;
    if (sizes.convolutionBias) bias = convolution.parameter("bias", {out});
    FrontEnd stage{InferenceLinear(taps.permute({0, 2, 1}).reshape({out, -1}), bias), {}};
    if (sizes.stableNorm || index == 0) stage.norm.emplace_back(scope / "layer_norm", out);
    return stage;
}

at::Tensor Hubert::frontEnd(const at::Tensor& samples) const {
    at::Tensor x = samples.unsqueeze(2).contiguous();
    for (std::size_t i = 0; i < frontEnd_.size(); ++i) {
        const FrontEnd& stage = frontEnd_[i];
        x = stage.map(kernelWindows(x, sizes_.kernels[i], sizes_.strides[i]));
        if (!stage.norm.empty() && sizes_.stableNorm)
            x = stage.norm.front()(x);
        else if (!stage.norm.empty())
            x = stage.norm.front().byChannel(x.transpose(1, 2)).transpose(1, 2).contiguous();
        at::gelu_(x);
    }
    return x;
}

at::Tensor Hubert::positions(const at::Tensor& x) const {
    const at::Tensor padded = at::conv1d(x.transpose(1, 2), positionWeight_, positionBias_, 1,
                                         sizes_.positionKernel / 2, 1, sizes_.positionGroups);
    // An even kernel gives one frame too many.
    return at::gelu(padded.narrow(2, 0, x.size(1))).transpose(1, 2);
}

at::Tensor Hubert::run(const Block& block, const at::Tensor& x) const {
    const auto feedForward = [&](const at::Tensor& values) {
        at::Tensor inner = block.widen(values);
        return block.narrow(at::gelu_(inner));
    };
    if (sizes_.stableNorm) {
        const at::Tensor attended =
            block.attention(block.attentionNorm(x), Causality::None).add_(x);
        return feedForward(block.blockNorm(attended)).add_(attended);
    }
    const at::Tensor attended = block.attentionNorm(block.attention(x, Causality::None).add_(x));
    return block.blockNorm(feedForward(attended).add_(attended));
}

Hubert::Features Hubert::operator()(const at::Tensor& samples, std::int64_t middleBlock,
                                    const Proceed& proceed) const {
    at::Tensor x = projection_(projectionNorm_(frontEnd(samples)));
    x = x + positions(x);
    if (!sizes_.stableNorm) x = norm_(x);
    Features features;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        x = run(blocks_[i], x);
        const std::int64_t done = static_cast<std::int64_t>(i) + 1;
        if (proceed && !proceed(done)) return {};
        if (done == middleBlock) features.middle = x;
    }
    features.last = sizes_.stableNorm ? norm_(x) : x;
    return features;
}

at::Tensor Hubert::normalised(const at::Tensor& samples) {
    const at::Tensor centred = samples - samples.mean();
    return centred / at::sqrt(samples.var(false) + 1e-7);
}

} // namespace gesture::models
