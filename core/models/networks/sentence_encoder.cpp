// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/sentence_encoder.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/sigmoid.h>

#include <string>

namespace gesture::models {

SentenceEncoder::Block::Block(const Scope& scope, const SentenceEncoderSizes& sizes)
    : attention(scope / "self_attn", sizes.width, sizes.heads)
    , attentionNorm(scope / "layer_norm1", sizes.width)
    , widen(scope / "mlp" / "fc1", sizes.width, sizes.feedForward)
    , narrow(scope / "mlp" / "fc2", sizes.feedForward, sizes.width)
    , blockNorm(scope / "layer_norm2", sizes.width) {}

SentenceEncoder::SentenceEncoder(TensorSource& source, const SentenceEncoderSizes& sizes)
    : SentenceEncoder(Scope(source), sizes) {}

SentenceEncoder::SentenceEncoder(const Scope& scope, const SentenceEncoderSizes& sizes)
    : tokens_(scope / "text_model" / "embeddings" / "token_embedding", sizes.vocabulary,
              sizes.width)
    , positions_(scope / "text_model" / "embeddings" / "position_embedding", sizes.positions,
                 sizes.width)
    , norm_(scope / "text_model" / "final_layer_norm", sizes.width)
    , projection_(
          (scope / "text_projection").parameter("weight", {sizes.projection, sizes.width})) {
    for (std::int64_t i = 0; i < sizes.layers; ++i)
        blocks_.emplace_back(scope / "text_model" / "encoder" / "layers" / std::to_string(i),
                             sizes);
}

at::Tensor SentenceEncoder::run(const Block& block, const at::Tensor& x) const {
    const at::Tensor attended =
        block.attention(block.attentionNorm(x), Causality::PastOnly).add_(x);
    // CLIP's quick GELU: x sigmoid(1.702 x).
    const at::Tensor inner = block.widen(block.blockNorm(attended));
    return block.narrow(at::sigmoid(1.702 * inner).mul_(inner)).add_(attended);
}

at::Tensor SentenceEncoder::operator()(const at::Tensor& tokens) const {
    const at::Tensor places = at::arange(tokens.size(1), tokens.options()).unsqueeze(0);
    at::Tensor x = tokens_(tokens) + positions_(places);
    for (const Block& block : blocks_)
        x = run(block, x);
    x = norm_(x);
    const at::Tensor end = at::argmax(tokens, 1).view({-1, 1, 1}).expand({-1, 1, x.size(2)});
    return at::linear(x.gather(1, end).squeeze(1), projection_);
}

} // namespace gesture::models
