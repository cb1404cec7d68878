// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/emage_tokenizer.h"

#include <ATen/ops/argmin.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/matmul.h>

#include <string>

namespace gesture::models {

namespace {

constexpr std::int64_t kDecoderResiduals = 2;

} // namespace

EmageTokenizer::Residual::Residual(const Scope& scope, std::int64_t width)
    : first(Convolution::smoothing(scope / "model" / "0", width, width))
    , second(Convolution::smoothing(scope / "model" / "2", width, width)) {}

at::Tensor EmageTokenizer::Residual::operator()(const at::Tensor& x) const {
    return x + second(leakyRelu(first(x)));
}

EmageTokenizer::EmageTokenizer(TensorSource& source, const EmageTokenizerSizes& sizes)
    : EmageTokenizer(Scope(source), sizes) {}

EmageTokenizer::EmageTokenizer(const Scope& scope, const EmageTokenizerSizes& sizes)
    : codebook_((scope / "quantizer" / "embedding").parameter("weight", {sizes.codes, sizes.width}))
    , leave_(Convolution::smoothing(scope / "decoder" / "main" /
                                        std::to_string(kDecoderResiduals + 2 * sizes.convolutions),
                                    sizes.channels, sizes.channels)) {
    const std::int64_t width = sizes.width;
    const Scope down = scope / "encoder" / "main";
    const Scope up = scope / "decoder" / "main";
    for (std::int64_t i = 0; i < sizes.convolutions; ++i) {
        encoder_.push_back({Convolution::smoothing(down / std::to_string(3 * i),
                                                   i == 0 ? sizes.channels : width, width),
                            Residual(down / std::to_string(3 * i + 2), width)});
        decoder_.push_back(
            Convolution::smoothing(up / std::to_string(kDecoderResiduals + 2 * i), width,
                                   i + 1 < sizes.convolutions ? width : sizes.channels));
    }
    for (std::int64_t i = 0; i < kDecoderResiduals; ++i)
        decoderResiduals_.emplace_back(up / std::to_string(i), width);
}

at::Tensor EmageTokenizer::latents(const at::Tensor& motion) const {
    at::Tensor x = motion.transpose(1, 2);
    for (const Stage& stage : encoder_)
        x = stage.residual(leakyRelu(stage.enter(x)));
    return x.transpose(1, 2);
}

at::Tensor EmageTokenizer::reconstruct(const at::Tensor& quantized) const {
    at::Tensor x = quantized.transpose(1, 2);
    for (const Residual& residual : decoderResiduals_)
        x = residual(x);
    for (const Convolution& convolution : decoder_)
        x = leakyRelu(convolution(x));
    return leave_(x).transpose(1, 2);
}

at::Tensor EmageTokenizer::nearestCodes(const at::Tensor& latents) const {
    const at::Tensor rows = latents.reshape({-1, latents.size(2)});
    const at::Tensor distance = rows.square().sum(1, true) + codebook_.square().sum(1) -
                                2 * at::matmul(rows, codebook_.t());
    return at::argmin(distance, 1).view({latents.size(0), latents.size(1), 1});
}

at::Tensor EmageTokenizer::encode(const at::Tensor& motion) const {
    return nearestCodes(latents(motion));
}

at::Tensor EmageTokenizer::codeVectors(const at::Tensor& motion) const {
    return at::embedding(codebook_, encode(motion).squeeze(2)).unsqueeze(0);
}

at::Tensor EmageTokenizer::decode(const at::Tensor& codes) const {
    return reconstruct(at::embedding(codebook_, codes.squeeze(2)));
}

} // namespace gesture::models
