// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/sentence_encoder.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/scaled_dot_product_attention.h>
#include <ATen/ops/sigmoid.h>

#include <string>

namespace gesture::models {

SentenceEncoder::Block::Block(const Scope& scope, const SentenceEncoderSizes& sizes)
    : key(scope / "self_attn" / "k_proj", sizes.width, sizes.width)
    , value(scope / "self_attn" / "v_proj", sizes.width, sizes.width)
    , query(scope / "self_attn" / "q_proj", sizes.width, sizes.width)
    , out(scope / "self_attn" / "out_proj", sizes.width, sizes.width)
    , attentionNorm(scope / "layer_norm1", sizes.width)
    , widen(scope / "mlp" / "fc1", sizes.width, sizes.feedForward)
    , narrow(scope / "mlp" / "fc2", sizes.feedForward, sizes.width)
    , blockNorm(scope / "layer_norm2", sizes.width) {}

SentenceEncoder::SentenceEncoder(TensorSource& source, const SentenceEncoderSizes& sizes)
    : SentenceEncoder(Scope(source), sizes) {}

SentenceEncoder::SentenceEncoder(const Scope& scope, const SentenceEncoderSizes& sizes)
    : heads_(sizes.heads)
    , tokens_(scope / "text_model" / "embeddings" / "token_embedding", sizes.vocabulary,
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
    const auto split = [&](const at::Tensor& values) {
        return values.view({x.size(0), x.size(1), heads_, -1}).transpose(1, 2);
    };
    const at::Tensor normed = block.attentionNorm(x);
    const at::Tensor mixed =
        at::scaled_dot_product_attention(split(block.query(normed)), split(block.key(normed)),
                                         split(block.value(normed)), {}, 0.0, true);
    const at::Tensor attended = x + block.out(mixed.transpose(1, 2).flatten(2));
    // CLIP's quick GELU: x sigmoid(1.702 x).
    const at::Tensor inner = block.widen(block.blockNorm(attended));
    return attended + block.narrow(inner * at::sigmoid(1.702 * inner));
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
