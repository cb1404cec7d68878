// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/motion_features.h"

#include <ATen/ops/conv1d.h>
#include <ATen/ops/group_norm.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/tanh.h>
#include <ATen/ops/upsample_nearest1d.h>

#include <array>
#include <string>
#include <string_view>

namespace gesture::models {

namespace {

/// Channels before and after each layer, and after its pooling (0: none).
struct LayerSize {
    std::int64_t in, out, pooled;
};
constexpr std::array<LayerSize, 4> kLayerSizes{
    {{330, 330, 210}, {210, 210, 120}, {120, 240, 0}, {240, 240, 0}}};
constexpr std::int64_t kGroups = 10;

constexpr std::int64_t kFeatureWidth = 240;
constexpr std::int64_t kRotationWidth = 330;

/// Decoder and variational heads of the file; features do not need them.
void nameDeadHalf(const Scope& scope) {
    const Scope main = scope.dead() / "decoder" / "main";
    const auto convolution = [](const Scope& place, std::int64_t out, std::int64_t in) {
        const Convolution named(place, {.in = in, .out = out, .kernel = 3});
    };
    for (const char* block : {"0", "1"})
        for (const char* layer : {"0", "2"})
            convolution(main / block / "model" / layer, 240, 240);
    for (const char* layer : {"3", "6", "9"})
        convolution(main / layer, 240, 240);
    convolution(main / "12", 330, 240);
    convolution(main / "14", 330, 330);
    const Linear mean(scope.dead() / "fc_mu", 240, 240);
    const Linear spread(scope.dead() / "fc_logvar", 240, 240);
}

} // namespace

MotionFeatures::SkeletonConvolution::SkeletonConvolution(const Scope& scope, std::int64_t in,
                                                         std::int64_t out, std::int64_t kernel,
                                                         std::int64_t padding)
    : weight_(scope.parameter("weight", {out, in, kernel}))
    , mask_(scope.buffer("mask", {out, in, kernel}))
    , bias_(scope.parameter("bias", {out}))
    , padding_(padding) {
    if (scope.purpose() == Purpose::Learning) return;
    weight_ = weight_ * mask_;
    mask_ = at::Tensor();
}

at::Tensor MotionFeatures::SkeletonConvolution::operator()(const at::Tensor& x) const {
    return at::conv1d(x, mask_.defined() ? weight_ * mask_ : weight_, bias_, 2, padding_);
}

MotionFeatures::MotionFeatures(TensorSource& source)
    : MotionFeatures(Scope(source)) {}

MotionFeatures::MotionFeatures(const Scope& scope) {
    for (std::size_t i = 0; i < kLayerSizes.size(); ++i) {
        const LayerSize& size = kLayerSizes[i];
        const Scope layer = scope / "encoder" / "layers" / std::to_string(i) / "0";
        const Scope norm = layer / "residual" / "1";
        Layer made{{layer / "residual" / "0", size.in, size.out, 4, 1},
                   norm.parameter("weight", {size.out}),
                   norm.parameter("bias", {size.out}),
                   {layer / "shortcut", size.in, size.out, 1, 0},
                   {}};
        if (size.pooled > 0)
            made.pooling = (layer / "common" / "0").buffer("weight", {size.pooled, size.out});
        layers_.push_back(std::move(made));
    }
    nameDeadHalf(scope);
}

MotionFeatureDecoder::MotionFeatureDecoder(TensorSource& source)
    : leave_(Convolution::smoothing(Scope(source) / "decoder" / "main" / "14", kRotationWidth,
                                    kRotationWidth)) {
    const Scope main = Scope(source) / "decoder" / "main";
    for (const char* block : {"0", "1"})
        residuals_.push_back(
            {Convolution::smoothing(main / block / "model" / "0", kFeatureWidth, kFeatureWidth),
             Convolution::smoothing(main / block / "model" / "2", kFeatureWidth, kFeatureWidth)});
    for (const char* layer : {"3", "6", "9", "12"})
        doublings_.push_back(Convolution::smoothing(
            main / layer, kFeatureWidth,
            std::string_view(layer) == "12" ? kRotationWidth : kFeatureWidth));
}

at::Tensor MotionFeatureDecoder::operator()(const at::Tensor& features) const {
    at::Tensor x = features.transpose(1, 2);
    for (const Residual& block : residuals_)
        x = x + block.second(leakyRelu(block.first(x)));
    for (const Convolution& layer : doublings_)
        x = leakyRelu(layer(at::upsample_nearest1d(x, {2 * x.size(2)})));
    return leave_(x).transpose(1, 2);
}

at::Tensor MotionFeatures::operator()(const at::Tensor& rotations) const {
    at::Tensor x = rotations.transpose(1, 2);
    for (const Layer& layer : layers_) {
        x = at::group_norm(layer.convolution(x), kGroups, layer.normWeight, layer.normBias, 1e-5) +
            layer.shortcut(x);
        if (layer.pooling.defined()) x = at::matmul(layer.pooling, x);
        x = at::tanh(x);
    }
    return x.transpose(1, 2);
}

} // namespace gesture::models
