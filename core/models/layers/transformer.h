// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/basic.h"
#include "core/models/layers/inference_linear.h"
#include "core/models/layers/tensor.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace gesture::models {

/// Where the keys and values of an attention come from.
enum class AttentionTo { Itself, Memory };

/// Multi-head attention with packed projections, as torch's nn.MultiheadAttention (batch first, no
/// mask): softmax(q k^T / sqrt(width / heads)) v. Keys `in_proj_weight` (3 width, width),
/// `in_proj_bias`, `out_proj`.
class Attention {
public:
    Attention(const Scope& scope, std::int64_t width, std::int64_t heads, AttentionTo to);

    /// (batch, queries, width) and, for attention to a memory, (batch, keys, width), to (batch,
    /// queries, width). A memory of a smaller batch, which divides the queries' batch, serves the
    /// queries in turns: memory 0, 1, …, 0, 1, …. With `weights` the heads are kept apart and their
    /// weights (batch, heads, queries, keys) are stored there: the same result to rounding, slower.
    [[nodiscard]] at::Tensor operator()(const at::Tensor& query, const at::Tensor& memory,
                                        Pass pass, at::Tensor* weights = nullptr) const;

private:
    struct Heads {
        at::Tensor query, key, value; ///< (batch, heads, positions, width / heads)
    };
    [[nodiscard]] Heads project(const at::Tensor& query, const at::Tensor& memory) const;
    /// Rows [begin, begin + count) of the packed projections, over `x`.
    [[nodiscard]] at::Tensor slice(const std::optional<Linear>& ready, const at::Tensor& x,
                                   std::int64_t begin, std::int64_t count) const;

    std::int64_t heads_;
    AttentionTo to_;
    /// In networks that learn: the packed tensors, of which slices are taken in each run.
    at::Tensor weight_;
    at::Tensor bias_;
    /// In networks that only run. To itself: query, key and value in one; to a memory: the query's.
    std::optional<Linear> query_;
    std::optional<Linear> memory_; ///< Key and value of a memory.
    Linear out_;
};

/// Does a position see those after it?
enum class Causality { None, PastOnly };

/// Multi-head self-attention whose projections are apart, as Hugging Face's encoders have it. Keys
/// `k_proj`, `v_proj`, `q_proj`, `out_proj`. Inference only.
class SelfAttention {
public:
    SelfAttention(const Scope& scope, std::int64_t width, std::int64_t heads);
    /// (batch, positions, width), same size out.
    [[nodiscard]] at::Tensor operator()(const at::Tensor& x, Causality causality) const;

private:
    std::int64_t heads_;
    InferenceLinear key_;
    InferenceLinear value_;
    InferenceLinear query_;
    InferenceLinear out_;
};

struct TransformerShape {
    std::int64_t width = 256;
    std::int64_t feedForward = 512;
    std::int64_t heads = 4;
};

/// Post-norm transformer layer that attends to itself (torch's TransformerEncoderLayer, ReLU).
class EncoderLayer {
public:
    EncoderLayer(const Scope& scope, const TransformerShape& shape);
    [[nodiscard]] at::Tensor operator()(const at::Tensor& x, Pass pass) const;

private:
    Attention selfAttention_;
    Linear first_;
    Linear second_;
    LayerNorm norm1_;
    LayerNorm norm2_;
};

/// Post-norm transformer layer that attends to itself and then to a memory (torch's
/// TransformerDecoderLayer, ReLU, no masks).
class DecoderLayer {
public:
    DecoderLayer(const Scope& scope, const TransformerShape& shape);
    /// `crossWeights`, when given, receives (batch, heads, targets, memories).
    [[nodiscard]] at::Tensor operator()(const at::Tensor& target, const at::Tensor& memory,
                                        Pass pass, at::Tensor* crossWeights = nullptr) const;

private:
    Attention selfAttention_;
    Attention crossAttention_;
    Linear first_;
    Linear second_;
    LayerNorm norm1_;
    LayerNorm norm2_;
    LayerNorm norm3_;
};

/// Layers one after the other, no norm at the end. Keys `layers.0`, `layers.1`, …
class EncoderStack {
public:
    EncoderStack(const Scope& scope, const TransformerShape& shape, std::int64_t layers);
    [[nodiscard]] at::Tensor operator()(at::Tensor x, Pass pass) const;

private:
    std::vector<EncoderLayer> layers_;
};

class DecoderStack {
public:
    DecoderStack(const Scope& scope, const TransformerShape& shape, std::int64_t layers);
    /// `crossWeights`, when given, receives one (batch, heads, targets, memories) a layer.
    [[nodiscard]] at::Tensor operator()(at::Tensor target, const at::Tensor& memory, Pass pass,
                                        std::vector<at::Tensor>* crossWeights = nullptr) const;

private:
    std::vector<DecoderLayer> layers_;
};

} // namespace gesture::models
