// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/loop/stage.h"

#include <cstdint>
#include <span>
#include <vector>

namespace gesture::training {

/// How codebooks learn. The defaults are those of the originals (`quantizer.py`,
/// QuantizeEMAReset; `residual_vq.py`).
struct QuantizerSettings {
    double decay = 0.99; ///< Of the running sums.
    /// Codes are drawn from softmax(-distance / temperature) by Gumbel noise; 0: the nearest.
    double temperature = 0.5;
    /// Noise in shares of the mean distance instead of absolute; 0: absolute.
    double relativeNoise = 0.0;
    double deadBelow = 1.0; ///< Running count below which a code is replaced.
    /// What replaces dead code i: row i of the batch, or random rows (whose sums then start anew).
    enum class Revival { BatchRows, RandomRows };
    Revival revival = Revival::BatchRows;
    /// Which gradient the encoder gets: the originals' straight-through paths add up, one a layer.
    enum class Gradient { EachLayer, Once };
    Gradient gradient = Gradient::EachLayer;
};

/// Quantizes while it learns: codebooks follow the running mean of what is assigned to them. Owns
/// the statistics, shares the codebooks with the network. Used by one thread.
class QuantizerTraining {
public:
    /// `codebooks` (codes, width) a layer are written in place, begun with the first batch.
    QuantizerTraining(std::vector<at::Tensor> codebooks, const QuantizerSettings& settings);

    /// Takes the codebooks as they are (of a network that is trained on) instead of beginning anew.
    void keepCodebooks();

    /// Running sums and counts of each layer and whether they have begun: "quantizer.layers.0.
    /// code_sum", ….
    [[nodiscard]] std::span<const NamedTensor> statistics() const { return statistics_; }

    struct Quantized {
        at::Tensor latents;    ///< (batch, tokens, width), with the gradient to the encoder.
        at::Tensor codes;      ///< (batch, tokens, layers)
        at::Tensor commitment; ///< Mean over layers of the mean squared distance to the code.
        at::Tensor perplexity; ///< Mean over layers of 2 to the entropy of the codes' shares.
    };
    /// Quantizes `latents` (batch, tokens, width) and lets the codebooks follow. Vectors are those
    /// of before the update.
    [[nodiscard]] Quantized operator()(const at::Tensor& latents);

private:
    struct Layer {
        at::Tensor codebook, sum, count;
    };
    void begin(Layer& layer, const at::Tensor& rows) const;
    [[nodiscard]] at::Tensor choose(const Layer& layer, const at::Tensor& rows) const;
    /// Returns the perplexity.
    at::Tensor follow(Layer& layer, const at::Tensor& rows, const at::Tensor& codes) const;
    /// `codes` rows of the batch, tiled with a little noise when there are fewer.
    [[nodiscard]] at::Tensor replacements(const Layer& layer, const at::Tensor& rows) const;

    QuantizerSettings settings_;
    std::vector<Layer> layers_;
    at::Tensor begun_; ///< Whole number 0 or 1.
    bool knownToHaveBegun_ = false;
    std::vector<NamedTensor> statistics_;
};

} // namespace gesture::training
