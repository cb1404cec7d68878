// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/basic.h"

#include <vector>

namespace gesture::models {

struct EmageTokenizerSizes {
    std::int64_t channels = 78;    ///< face 106, upper 78, hands 180, lower 61
    std::int64_t width = 256;      ///< Of the code vectors and of all that lies between.
    std::int64_t codes = 256;      ///< Entries of the codebook.
    std::int64_t convolutions = 2; ///< Of the encoder and of the decoder; lower 4, else 2.
};

/// Motion of one body part to tokens and back as EMAGE does it: a VQ-VAE that turns each frame into
/// one code (class `EmageVQVAEConv`). Immutable; any thread.
class EmageTokenizer {
public:
    EmageTokenizer(TensorSource& source, const EmageTokenizerSizes& sizes);

    /// (batch, frames, channels) to (batch, frames, 1), whole numbers.
    [[nodiscard]] at::Tensor encode(const at::Tensor& motion) const;
    /// The codebook vectors of the motion, (1, batch, frames, width): one layer.
    [[nodiscard]] at::Tensor codeVectors(const at::Tensor& motion) const;
    /// (batch, frames, width) to (batch, frames, 1): nearest code by Euclidean distance, computed
    /// as |x|^2 + |w|^2 - 2 x w in that order, as the original does.
    [[nodiscard]] at::Tensor nearestCodes(const at::Tensor& latents) const;
    /// (batch, frames, 1) of 0 to codes - 1, to (batch, frames, channels).
    [[nodiscard]] at::Tensor decode(const at::Tensor& codes) const;
    /// (batch, frames, channels) to the encoder's output (batch, frames, width).
    [[nodiscard]] at::Tensor latents(const at::Tensor& motion) const;
    /// Codebook vectors (batch, frames, width) to motion.
    [[nodiscard]] at::Tensor reconstruct(const at::Tensor& quantized) const;

private:
    EmageTokenizer(const Scope& scope, const EmageTokenizerSizes& sizes);

    struct Residual {
        Residual(const Scope& scope, std::int64_t width);
        [[nodiscard]] at::Tensor operator()(const at::Tensor& x) const;

        Convolution first;
        Convolution second;
    };
    struct Stage {
        Convolution enter;
        Residual residual;
    };
    std::vector<Stage> encoder_;
    at::Tensor codebook_; ///< (codes, width)
    std::vector<Residual> decoderResiduals_;
    std::vector<Convolution> decoder_;
    Convolution leave_;
};

} // namespace gesture::models
