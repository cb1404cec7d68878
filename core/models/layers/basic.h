// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/inference_linear.h"
#include "core/models/layers/pass.h"
#include "core/models/layers/scope.h"
#include "core/models/layers/tensor.h"

#include <cstdint>
#include <optional>

namespace gesture::models {

/// y = x W^T + b over the last axis. Keys `weight` (out, in), `bias` (out). In networks that only
/// run the weights are laid out as InferenceLinear has them.
class Linear {
public:
    Linear(const Scope& scope, std::int64_t in, std::int64_t out);
    /// Of tensors that are at hand.
    Linear(const at::Tensor& weight, const at::Tensor& bias, Purpose purpose);
    [[nodiscard]] at::Tensor operator()(const at::Tensor& x) const;

private:
    at::Tensor weight_; ///< Undefined where `packed_` stands for it.
    at::Tensor bias_;
    std::optional<InferenceLinear> packed_;
};

/// Normalises the last axis to mean 0 and variance 1 (epsilon 1e-5), then scales and shifts it.
class LayerNorm {
public:
    LayerNorm(const Scope& scope, std::int64_t width);
    [[nodiscard]] at::Tensor operator()(const at::Tensor& x) const;
    /// Each channel of (batch, channels, time) over time instead (a group norm with one channel a
    /// group), with the same scale and shift.
    [[nodiscard]] at::Tensor byChannel(const at::Tensor& x) const;

private:
    at::Tensor weight_;
    at::Tensor bias_;
};

/// Two linear maps with a leaky ReLU between them.
class Mlp {
public:
    /// SemTalk and EchoMask say `mlp.0`, `mlp.2` with slope 0.2, EMAGE `fc1`, `fc2` with 0.1.
    enum class Spelling { SemTalk, Emage };

    Mlp(const Scope& scope, std::int64_t in, std::int64_t hidden, std::int64_t out,
        Spelling spelling = Spelling::SemTalk);
    [[nodiscard]] at::Tensor operator()(const at::Tensor& x) const;

private:
    Linear first_;
    Linear second_;
    double slope_;
};

/// A table of learnt rows. Key `weight` (rows, width).
class Embedding {
public:
    Embedding(const Scope& scope, std::int64_t rows, std::int64_t width);
    /// Whole numbers of any shape to (shape, width).
    [[nodiscard]] at::Tensor operator()(const at::Tensor& index) const;
    [[nodiscard]] std::int64_t rows() const;

private:
    at::Tensor weight_;
};

struct ConvolutionShape {
    std::int64_t in = 0;
    std::int64_t out = 0;
    std::int64_t kernel = 3;
    std::int64_t stride = 1;
    std::int64_t padding = 0;
    std::int64_t dilation = 1;
    std::int64_t groups = 1; ///< Channels out see only those in of their group.
    bool bias = true;
};

/// One-dimensional convolution over (batch, channels, time). Keys `weight` (out, in / groups,
/// kernel) and, where there is one, `bias`.
class Convolution {
public:
    Convolution(const Scope& scope, const ConvolutionShape& shape);
    /// Three taps, as many frames out as in.
    [[nodiscard]] static Convolution smoothing(const Scope& scope, std::int64_t in,
                                               std::int64_t out);
    /// Two taps, every second frame out; as many channels.
    [[nodiscard]] static Convolution halving(const Scope& scope, std::int64_t channels);
    [[nodiscard]] at::Tensor operator()(const at::Tensor& x) const;
    /// The same over (batch, time, channels).
    [[nodiscard]] at::Tensor overTime(const at::Tensor& x) const;

private:
    ConvolutionShape shape_;
    at::Tensor weight_;
    at::Tensor bias_;
};

/// Batch normalisation over (batch, channels, time), momentum 0.1, epsilon 1e-5. Training updates
/// the running statistics in place.
class BatchNorm {
public:
    BatchNorm(const Scope& scope, std::int64_t channels);
    [[nodiscard]] at::Tensor operator()(const at::Tensor& x, Pass pass) const;

private:
    at::Tensor weight_;
    at::Tensor bias_;
    at::Tensor runningMean_;
    at::Tensor runningVariance_;
    at::Tensor batches_;
};

/// Adds a table of sines and cosines to (batch, time, width); in training dropout follows. Key `pe`
/// (1, 2 x period, width): the table of one period twice.
class PositionTable {
public:
    PositionTable(const Scope& scope, std::int64_t period, std::int64_t width);
    [[nodiscard]] at::Tensor operator()(const at::Tensor& x, Pass pass) const;

    /// Values of the table, (1, 2 x period, width): sine on even, cosine on odd channels.
    [[nodiscard]] static at::Tensor values(std::int64_t period, std::int64_t width);

private:
    at::Tensor table_;
};

/// Fixed statistics of the channels of a motion. Keys `mean`, `deviation` (channels).
class ChannelNorm {
public:
    ChannelNorm(const Scope& scope, std::int64_t channels);
    /// (…, channels): (x - mean) / deviation, and the way back.
    [[nodiscard]] at::Tensor apply(const at::Tensor& x) const;
    [[nodiscard]] at::Tensor undo(const at::Tensor& x) const;

private:
    at::Tensor mean_;
    at::Tensor deviation_;
};

/// Leaky ReLU with the slope that both systems use.
[[nodiscard]] at::Tensor leakyRelu(const at::Tensor& x, double slope = 0.2);

/// The share of activations that dropout removes in training, everywhere but in the tokenizers.
inline constexpr double kDropout = 0.1;
[[nodiscard]] at::Tensor dropped(const at::Tensor& x, Pass pass, double share = kDropout);
/// The same inside a feed-forward layer.
[[nodiscard]] at::Tensor droppedInside(const at::Tensor& x, Pass pass);

} // namespace gesture::models
