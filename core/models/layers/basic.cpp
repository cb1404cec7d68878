// SPDX-License-Identifier: Apache-2.0
#include "core/models/layers/basic.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/batch_norm.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/conv1d.h>
#include <ATen/ops/dropout.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/group_norm.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/stack.h>

#include <cmath>

namespace gesture::models {

Linear::Linear(const Scope& scope, std::int64_t in, std::int64_t out)
    : Linear(scope.parameter("weight", {out, in}), scope.parameter("bias", {out}),
             scope.purpose()) {}

Linear::Linear(const at::Tensor& weight, const at::Tensor& bias, Purpose purpose) {
    if (purpose == Purpose::Running) {
        packed_.emplace(weight, bias);
        return;
    }
    weight_ = weight;
    bias_ = bias;
}

at::Tensor Linear::operator()(const at::Tensor& x) const {
    return packed_ ? (*packed_)(x) : at::linear(x, weight_, bias_);
}

LayerNorm::LayerNorm(const Scope& scope, std::int64_t width)
    : weight_(scope.parameter("weight", {width}))
    , bias_(scope.parameter("bias", {width})) {}

at::Tensor LayerNorm::operator()(const at::Tensor& x) const {
    return at::layer_norm(x, weight_.sizes(), weight_, bias_, 1e-5);
}

at::Tensor LayerNorm::byChannel(const at::Tensor& x) const {
    return at::group_norm(x, x.size(1), weight_, bias_, 1e-5);
}

Mlp::Mlp(const Scope& scope, std::int64_t in, std::int64_t hidden, std::int64_t out,
         Spelling spelling)
    : first_(spelling == Spelling::SemTalk ? scope / "mlp" / "0" : scope / "fc1", in, hidden)
    , second_(spelling == Spelling::SemTalk ? scope / "mlp" / "2" : scope / "fc2", hidden, out)
    , slope_(spelling == Spelling::SemTalk ? 0.2 : 0.1) {}

at::Tensor Mlp::operator()(const at::Tensor& x) const {
    return second_(leakyRelu(first_(x), slope_));
}

Embedding::Embedding(const Scope& scope, std::int64_t rows, std::int64_t width)
    : weight_(scope.parameter("weight", {rows, width})) {}

at::Tensor Embedding::operator()(const at::Tensor& index) const {
    return at::embedding(weight_, index);
}

std::int64_t Embedding::rows() const { return weight_.size(0); }

Convolution::Convolution(const Scope& scope, const ConvolutionShape& shape)
    : shape_(shape)
    , weight_(scope.parameter("weight", {shape.out, shape.in / shape.groups, shape.kernel})) {
    if (shape.bias) bias_ = scope.parameter("bias", {shape.out});
}

Convolution Convolution::smoothing(const Scope& scope, std::int64_t in, std::int64_t out) {
    return {scope, {.in = in, .out = out, .kernel = 3, .padding = 1}};
}

Convolution Convolution::halving(const Scope& scope, std::int64_t channels) {
    return {scope, {.in = channels, .out = channels, .kernel = 2, .stride = 2}};
}

at::Tensor Convolution::operator()(const at::Tensor& x) const {
    return at::conv1d(x, weight_, bias_, shape_.stride, shape_.padding, shape_.dilation,
                      shape_.groups);
}

at::Tensor Convolution::overTime(const at::Tensor& x) const {
    return (*this)(x.transpose(1, 2)).transpose(1, 2);
}

BatchNorm::BatchNorm(const Scope& scope, std::int64_t channels)
    : weight_(scope.parameter("weight", {channels}))
    , bias_(scope.parameter("bias", {channels}))
    , runningMean_(scope.buffer("running_mean", {channels}))
    , runningVariance_(scope.buffer("running_var", {channels}))
    , batches_(scope.counter("num_batches_tracked")) {}

at::Tensor BatchNorm::operator()(const at::Tensor& x, Pass pass) const {
    const bool training = isTraining(pass);
    if (training) at::Tensor(batches_).add_(1);
    return at::batch_norm(x, weight_, bias_, runningMean_, runningVariance_, training, 0.1, 1e-5,
                          true);
}

PositionTable::PositionTable(const Scope& scope, std::int64_t period, std::int64_t width)
    : table_(scope.buffer("pe", {1, 2 * period, width})) {}

at::Tensor PositionTable::operator()(const at::Tensor& x, Pass pass) const {
    return dropped(x + table_.narrow(1, 0, x.size(1)), pass);
}

at::Tensor PositionTable::values(std::int64_t period, std::int64_t width) {
    const at::Tensor position = at::arange(period, at::kFloat).unsqueeze(1);
    const at::Tensor rate =
        at::exp(at::arange(0, width, 2, at::kFloat) * (-std::log(10000.0) / double(width)));
    const at::Tensor angle = position * rate;
    const at::Tensor table = at::stack({angle.sin(), angle.cos()}, 2).reshape({1, period, width});
    return at::cat({table, table}, 1);
}

ChannelNorm::ChannelNorm(const Scope& scope, std::int64_t channels)
    : mean_(scope.buffer("mean", {channels}))
    , deviation_(scope.buffer("deviation", {channels})) {}

at::Tensor ChannelNorm::apply(const at::Tensor& x) const { return (x - mean_) / deviation_; }

at::Tensor ChannelNorm::undo(const at::Tensor& x) const { return x * deviation_ + mean_; }

at::Tensor leakyRelu(const at::Tensor& x, double slope) { return at::leaky_relu(x, slope); }

at::Tensor dropped(const at::Tensor& x, Pass pass, double share) {
    return pass == Pass::Training ? at::dropout(x, share, true) : x;
}

at::Tensor droppedInside(const at::Tensor& x, Pass pass) {
    return pass == Pass::TrainingFeedForward ? at::dropout(x, kDropout, true) : dropped(x, pass);
}

} // namespace gesture::models
