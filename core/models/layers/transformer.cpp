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

namespace {

/// (batch, positions, width) to (batch, heads, positions, width / heads).
at::Tensor splitHeads(const at::Tensor& x, std::int64_t heads) {
    return x.view({x.size(0), x.size(1), heads, -1}).transpose(1, 2);
}

/// The way back.
at::Tensor joinHeads(const at::Tensor& x) { return x.transpose(1, 2).flatten(2); }

} // namespace

Attention::Attention(const Scope& scope, std::int64_t width, std::int64_t heads, AttentionTo to)
    : heads_(heads)
    , to_(to)
    , out_(scope / "out_proj", width, width) {
    const at::Tensor weight = scope.parameter("in_proj_weight", {3 * width, width});
    const at::Tensor bias = scope.parameter("in_proj_bias", {3 * width});
    if (!weight.defined()) return; // a dead module
    if (scope.purpose() == Purpose::Learning) {
        weight_ = weight;
        bias_ = bias;
        return;
    }
    if (to == AttentionTo::Itself) {
        query_.emplace(weight, bias, scope.purpose());
        return;
    }
    query_.emplace(weight.narrow(0, 0, width), bias.narrow(0, 0, width), scope.purpose());
    memory_.emplace(weight.narrow(0, width, 2 * width), bias.narrow(0, width, 2 * width),
                    scope.purpose());
}

at::Tensor Attention::slice(const std::optional<Linear>& ready, const at::Tensor& x,
                            std::int64_t begin, std::int64_t count) const {
    if (ready) return (*ready)(x);
    return at::linear(x, weight_.narrow(0, begin, count), bias_.narrow(0, begin, count));
}

Attention::Heads Attention::project(const at::Tensor& query, const at::Tensor& memory) const {
    const std::int64_t width = query.size(2);
    if (to_ == AttentionTo::Itself) {
        const auto all = slice(query_, query, 0, 3 * width).chunk(3, -1);
        return {splitHeads(all[0], heads_), splitHeads(all[1], heads_), splitHeads(all[2], heads_)};
    }
    const at::Tensor known = slice(memory_, memory, width, 2 * width);
    const std::int64_t turns = query.size(0) / memory.size(0);
    const auto others = (turns == 1 ? known : known.repeat({turns, 1, 1})).chunk(2, -1);
    return {splitHeads(slice(query_, query, 0, width), heads_), splitHeads(others[0], heads_),
            splitHeads(others[1], heads_)};
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
    return out_(joinHeads(mixed));
}

SelfAttention::SelfAttention(const Scope& scope, std::int64_t width, std::int64_t heads)
    : heads_(heads)
    , key_(scope / "k_proj", width, width)
    , value_(scope / "v_proj", width, width)
    , query_(scope / "q_proj", width, width)
    , out_(scope / "out_proj", width, width) {}

at::Tensor SelfAttention::operator()(const at::Tensor& x, Causality causality) const {
    const at::Tensor mixed = at::scaled_dot_product_attention(
        splitHeads(query_(x), heads_), splitHeads(key_(x), heads_), splitHeads(value_(x), heads_),
        {}, 0.0, causality == Causality::PastOnly);
    return out_(joinHeads(mixed));
}

EncoderLayer::EncoderLayer(const Scope& scope, const TransformerShape& shape)
    : selfAttention_(scope / "self_attn", shape.width, shape.heads, AttentionTo::Itself)
    , first_(scope / "linear1", shape.width, shape.feedForward)
    , second_(scope / "linear2", shape.feedForward, shape.width)
    , norm1_(scope / "norm1", shape.width)
    , norm2_(scope / "norm2", shape.width) {}

at::Tensor EncoderLayer::operator()(const at::Tensor& x, Pass pass) const {
    const at::Tensor attended = norm1_(x + dropped(selfAttention_(x, x, pass), pass));
    const at::Tensor inner = droppedInside(at::relu(first_(attended)), pass);
    return norm2_(attended + dropped(second_(inner), pass));
}

DecoderLayer::DecoderLayer(const Scope& scope, const TransformerShape& shape)
    : selfAttention_(scope / "self_attn", shape.width, shape.heads, AttentionTo::Itself)
    , crossAttention_(scope / "multihead_attn", shape.width, shape.heads, AttentionTo::Memory)
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
    const at::Tensor inner = droppedInside(at::relu(first_(informed)), pass);
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
