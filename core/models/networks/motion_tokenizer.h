// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/basic.h"
#include "core/models/networks/residual_quantizer.h"

#include <optional>
#include <vector>

namespace gesture::models {

struct TokenizerSizes {
    std::int64_t channels = 78; ///< face 106, upper 78, hands 180, lower 61
    std::int64_t width = 256;
    std::int64_t codes = 256;
    std::int64_t layers = 6;
    /// Are channels brought to mean 0 and deviation 1 on their way in, and back on their way out?
    bool normalised = false;
    /// Percent of the temperature at which a generator's logits become the expected codebook vector
    /// in place of the likeliest code's; 0: the likeliest code.
    std::int64_t expectedCode = 0;
};

/// Residual blocks with dilations 9, 3, 1: x + conv1(relu(conv3(relu(x)))). Keys `model.0` … .
/// In training dropout 0.2 follows the second convolution.
class DilatedBlocks {
public:
    DilatedBlocks(const Scope& scope, std::int64_t width);
    /// (batch, width, time), same size out.
    [[nodiscard]] at::Tensor operator()(at::Tensor x, Pass pass) const;

private:
    struct Block {
        Convolution first;
        Convolution second;
    };
    std::vector<Block> blocks_;
};

/// Motion of one body part to tokens and back: a residual VQ-VAE that turns 4 frames into one token
/// of several codes (class `RVQVAE` of both systems).
class MotionTokenizer {
public:
    MotionTokenizer(TensorSource& source, const TokenizerSizes& sizes);

    /// (batch, frames, channels) to (batch, tokens, layers), whole numbers; tokens = frames / 4,
    /// a remainder of up to 3 frames is dropped.
    [[nodiscard]] at::Tensor encode(const at::Tensor& motion) const;
    /// The codebook vector of each layer for the motion, (layers, batch, tokens, width), not
    /// summed.
    [[nodiscard]] at::Tensor codeVectors(const at::Tensor& motion) const;
    /// (batch, tokens, layers) to (batch, 4 tokens, channels). A code of -1 counts as a zero
    /// vector.
    [[nodiscard]] at::Tensor decode(const at::Tensor& codes) const;
    /// (batch, frames, channels) to the encoder's output (batch, tokens, width).
    [[nodiscard]] at::Tensor latents(const at::Tensor& motion, Pass pass) const;
    /// Summed codebook vectors (batch, tokens, width) to motion.
    [[nodiscard]] at::Tensor reconstruct(const at::Tensor& quantized, Pass pass) const;

    /// Sum over layers of the mean codebook vector under softmax(logits / temperature): logits
    /// (batch, tokens, codes, layers) to (batch, tokens, width), for `reconstruct`.
    [[nodiscard]] at::Tensor expected(const at::Tensor& logits, double temperature) const;

    [[nodiscard]] const ResidualQuantizer& quantizer() const { return quantizer_; }

private:
    MotionTokenizer(const Scope& scope, const TokenizerSizes& sizes);

    /// Halves (encoder) or doubles (decoder) time.
    struct Stage {
        Convolution convolution;
        DilatedBlocks blocks;
    };
    Convolution enter_;
    std::vector<Stage> down_;
    Convolution toLatent_;
    ResidualQuantizer quantizer_;
    Convolution fromLatent_;
    std::vector<Stage> up_;
    Convolution widen_;
    Convolution leave_;
    std::optional<ChannelNorm> norm_;
};

} // namespace gesture::models
