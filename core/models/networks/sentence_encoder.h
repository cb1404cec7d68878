// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/transformer.h"

#include <vector>

namespace gesture::models {

/// Sizes of a CLIP text tower; the defaults are those of ViT-B/32.
struct SentenceEncoderSizes {
    std::int64_t vocabulary = 49408;
    std::int64_t positions = 77;
    std::int64_t width = 512;
    std::int64_t heads = 8;
    std::int64_t layers = 12;
    std::int64_t feedForward = 2048;
    std::int64_t projection = 512;
};

/// CLIP's text tower, by which SemTalk reads sentences (Radford et al. 2021; keys and arithmetic of
/// Hugging Face's `CLIPTextModelWithProjection`). Immutable; any thread.
class SentenceEncoder {
public:
    SentenceEncoder(TensorSource& source, const SentenceEncoderSizes& sizes);

    /// `tokens` (batch, length <= positions), whole numbers, each row with its end token, which has
    /// the highest number of all; what follows it has no effect. Returns (batch, projection), not
    /// normalised.
    [[nodiscard]] at::Tensor operator()(const at::Tensor& tokens) const;

private:
    SentenceEncoder(const Scope& scope, const SentenceEncoderSizes& sizes);

    struct Block {
        Block(const Scope& scope, const SentenceEncoderSizes& sizes);

        SelfAttention attention;
        LayerNorm attentionNorm;
        InferenceLinear widen, narrow;
        LayerNorm blockNorm;
    };
    [[nodiscard]] at::Tensor run(const Block& block, const at::Tensor& x) const;

    Embedding tokens_;
    Embedding positions_;
    std::vector<Block> blocks_;
    LayerNorm norm_;
    at::Tensor projection_; ///< (projection, width)
};

} // namespace gesture::models
