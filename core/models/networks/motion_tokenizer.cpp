// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/motion_tokenizer.h"

#include <ATen/ops/matmul.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/upsample_nearest1d.h>

#include <string>

namespace gesture::models {

namespace {

constexpr int kStages = 2; ///< Time is divided by 2 in each.

} // namespace

DilatedBlocks::DilatedBlocks(const Scope& scope, std::int64_t width) {
    int index = 0;
    for (const std::int64_t dilation : {9, 3, 1}) {
        const Scope block = scope / "model" / std::to_string(index++);
        blocks_.push_back({Convolution(block / "conv1", {.in = width,
                                                         .out = width,
                                                         .kernel = 3,
                                                         .padding = dilation,
                                                         .dilation = dilation}),
                           Convolution(block / "conv2", {.in = width, .out = width, .kernel = 1})});
    }
}

at::Tensor DilatedBlocks::operator()(at::Tensor x, Pass pass) const {
    constexpr double kBlockDropout = 0.2;
    for (const Block& block : blocks_)
        x = x + dropped(block.second(at::relu(block.first(at::relu(x)))), pass, kBlockDropout);
    return x;
}

MotionTokenizer::MotionTokenizer(TensorSource& source, const TokenizerSizes& sizes)
    : MotionTokenizer(Scope(source), sizes) {}

MotionTokenizer::MotionTokenizer(const Scope& scope, const TokenizerSizes& sizes)
    : enter_(Convolution::smoothing(scope / "encoder" / "model" / "0", sizes.channels, sizes.width))
    , toLatent_(Convolution::smoothing(scope / "encoder" / "model" / "4", sizes.width, sizes.width))
    , quantizer_(scope / "quantizer", sizes.layers, sizes.codes, sizes.width)
    , fromLatent_(
          Convolution::smoothing(scope / "decoder" / "model" / "0", sizes.width, sizes.width))
    , widen_(Convolution::smoothing(scope / "decoder" / "model" / "4", sizes.width, sizes.width))
    , leave_(
          Convolution::smoothing(scope / "decoder" / "model" / "6", sizes.width, sizes.channels)) {
    if (sizes.normalised) norm_.emplace(scope / "channel_norm", sizes.channels);
    const std::int64_t width = sizes.width;
    for (int stage = 0; stage < kStages; ++stage) {
        const Scope down = scope / "encoder" / "model" / std::to_string(2 + stage);
        const ConvolutionShape halving{
            .in = width, .out = width, .kernel = 4, .stride = 2, .padding = 1};
        down_.push_back({Convolution(down / "0", halving), DilatedBlocks(down / "1", width)});
        const Scope up = scope / "decoder" / "model" / std::to_string(2 + stage);
        up_.push_back(
            {Convolution::smoothing(up / "2", width, width), DilatedBlocks(up / "0", width)});
    }
}

at::Tensor MotionTokenizer::latents(const at::Tensor& motion, Pass pass) const {
    const at::Tensor entering = norm_ ? norm_->apply(motion) : motion;
    at::Tensor x = at::relu(enter_(entering.transpose(1, 2)));
    for (const Stage& stage : down_)
        x = stage.blocks(stage.convolution(x), pass);
    return toLatent_(x).transpose(1, 2);
}

at::Tensor MotionTokenizer::reconstruct(const at::Tensor& quantized, Pass pass) const {
    at::Tensor x = at::relu(fromLatent_(quantized.transpose(1, 2)));
    for (const Stage& stage : up_) {
        x = stage.blocks(x, pass);
        x = stage.convolution(at::upsample_nearest1d(x, {2 * x.size(2)}));
    }
    const at::Tensor leaving = leave_(at::relu(widen_(x))).transpose(1, 2);
    return norm_ ? norm_->undo(leaving) : leaving;
}

at::Tensor MotionTokenizer::expected(const at::Tensor& logits, double temperature) const {
    const at::Tensor shares = at::softmax(logits / temperature, 2);
    at::Tensor sum;
    for (std::int64_t layer = 0; layer < logits.size(3); ++layer) {
        const at::Tensor mean = at::matmul(shares.select(3, layer),
                                           quantizer_.codebooks()[static_cast<std::size_t>(layer)]);
        sum = sum.defined() ? sum + mean : mean;
    }
    return sum;
}

at::Tensor MotionTokenizer::encode(const at::Tensor& motion) const {
    return quantizer_.nearest(latents(motion, Pass::Inference));
}

at::Tensor MotionTokenizer::codeVectors(const at::Tensor& motion) const {
    return quantizer_.vectors(encode(motion));
}

at::Tensor MotionTokenizer::decode(const at::Tensor& codes) const {
    return reconstruct(quantizer_.vectors(codes).sum(0), Pass::Inference);
}

} // namespace gesture::models
