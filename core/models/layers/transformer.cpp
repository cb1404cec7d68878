// SPDX-License-Identifier: Apache-2.0
#include "core/models/layers/transformer.h"

#include <ATen/ops/linear.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/scaled_dot_product_attention.h>
#include <ATen/ops/softmax.h>

#include <cmath>
#include <string>

namespace gesture::models {

Attention::Attention(const Scope& scope, std::int64_t width, std::int64_t heads)
    : heads_(heads)
    , inWeight_(scope.parameter("in_proj_weight", {3 * width, width}))
    , inBias_(scope.parameter("in_proj_bias", {3 * width}))
    , out_(scope / "out_proj", width, width) {}

at::Tensor Attention::split(const at::Tensor& x) const {
    return x.view({x.size(0), x.size(1), heads_, -1}).transpose(1, 2);
}

Attention::Heads Attention::project(const at::Tensor& query, const at::Tensor& memory) const {
    const std::int64_t width = inWeight_.size(1);
    if (query.is_same(memory)) {
        const auto all = at::linear(query, inWeight_, inBias_).chunk(3, -1);
        return {split(all[0]), split(all[1]), split(all[2])};
    }
    const at::Tensor own =
        at::linear(query, inWeight_.narrow(0, 0, width), inBias_.narrow(0, 0, width));
    const auto others = at::linear(memory, inWeight_.narrow(0, width, 2 * width),
                                   inBias_.narrow(0, width, 2 * width))
                            .chunk(2, -1);
    return {split(own), split(others[0]), split(others[1])};
}

at::Tensor Attention::operator()(const at::Tensor& query, const at::Tensor& memory, Pass pass,
                                 at::Tensor* weights) const {
    const Heads heads = project(query, memory);
    at::Tensor mixed;
    if (weights != nullptr) {
        const double scale = 1.0 / std::sqrt(double(heads.query.size(3)));
        *weights = at::softmax(at::matmul(heads.query * scale, heads.key.transpose(2, 3)), -1);
        mixed = at::matmul(dropped(*weights, pass), heads.value);
    } else {
        mixed = at::scaled_dot_product_attention(heads.query, heads.key, heads.value, {},
                                                 pass == Pass::Training ? kDropout : 0.0);
    }
    return out_(mixed.transpose(1, 2).flatten(2));
}

EncoderLayer::EncoderLayer(const Scope& scope, const TransformerShape& shape)
    : selfAttention_(scope / "self_attn", shape.width, shape.heads)
    , first_(scope / "linear1", shape.width, shape.feedForward)
    , second_(scope / "linear2", shape.feedForward, shape.width)
    , norm1_(scope / "norm1", shape.width)
    , norm2_(scope / "norm2", shape.width) {}

at::Tensor EncoderLayer::operator()(const at::Tensor& x, Pass pass) const {
    const at::Tensor attended = norm1_(x + dropped(selfAttention_(x, x, pass), pass));
    const at::Tensor inner = dropped(at::relu(first_(attended)), pass);
    return norm2_(attended + dropped(second_(inner), pass));
}

DecoderLayer::DecoderLayer(const Scope& scope, const TransformerShape& shape)
    : selfAttention_(scope / "self_attn", shape.width, shape.heads)
    , crossAttention_(scope / "multihead_attn", shape.width, shape.heads)
    , first_(scope / "linear1", shape.width, shape.feedForward)
    , second_(scope / "linear2", shape.feedForward, shape.width)
    , norm1_(scope / "norm1", shape.width)
    , norm2_(scope / "norm2", shape.width)
    , norm3_(scope / "norm3", shape.width) {}

at::Tensor DecoderLayer::operator()(const at::Tensor& target, const at::Tensor& memory, Pass pass,
                                    at::Tensor* crossWeights) const {
    const at::Tensor own = norm1_(target + dropped(selfAttention_(target, target, pass), pass));
    const at::Tensor informed =
        norm2_(own + dropped(crossAttention_(own, memory, pass, crossWeights), pass));
    const at::Tensor inner = dropped(at::relu(first_(informed)), pass);
    return norm3_(informed + dropped(second_(inner), pass));
}

EncoderStack::EncoderStack(const Scope& scope, const TransformerShape& shape, std::int64_t layers) {
    for (std::int64_t i = 0; i < layers; ++i)
        layers_.emplace_back(scope / "layers" / std::to_string(i), shape);
}

at::Tensor EncoderStack::operator()(at::Tensor x, Pass pass) const {
    for (const EncoderLayer& layer : layers_)
        x = layer(x, pass);
    return x;
}

DecoderStack::DecoderStack(const Scope& scope, const TransformerShape& shape, std::int64_t layers) {
    for (std::int64_t i = 0; i < layers; ++i)
        layers_.emplace_back(scope / "layers" / std::to_string(i), shape);
}

at::Tensor DecoderStack::operator()(at::Tensor target, const at::Tensor& memory, Pass pass,
                                    std::vector<at::Tensor>* crossWeights) const {
    for (const DecoderLayer& layer : layers_) {
        at::Tensor weights;
        target = layer(target, memory, pass, crossWeights != nullptr ? &weights : nullptr);
        if (crossWeights != nullptr) crossWeights->push_back(std::move(weights));
    }
    return target;
}

} // namespace gesture::models
