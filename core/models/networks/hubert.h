// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/transformer.h"

#include <functional>
#include <vector>

namespace gesture::models {

/// Sizes of a HuBERT; the defaults are those of `hubert-large-ls960-ft`.
struct HubertSizes {
    std::int64_t layers = 24;
    std::int64_t width = 1024;
    std::int64_t heads = 16;
    std::int64_t feedForward = 4096;
    std::vector<std::int64_t> channels = {512, 512, 512, 512, 512, 512, 512};
    std::vector<std::int64_t> kernels = {10, 3, 3, 3, 3, 2, 2};
    std::vector<std::int64_t> strides = {5, 2, 2, 2, 2, 2, 2};
    std::int64_t positionKernel = 128;
    std::int64_t positionGroups = 16;
    bool convolutionBias = true;
    /// Large models normalise before each block ("stable layer norm") and after each convolution;
    /// base models after each block, and only the first convolution, by groups.
    bool stableNorm = true;

    /// Frames for so many samples: 0 when they are too few for one.
    [[nodiscard]] std::int64_t frameCount(std::int64_t samples) const;
    /// Samples from one frame to the next (320) and those that one frame hears (400).
    [[nodiscard]] std::int64_t samplesPerFrame() const;
    [[nodiscard]] std::int64_t samplesForOneFrame() const;
};

/// HuBERT, the speech encoder of SemTalk and EchoMask (Hsu et al. 2021; keys and arithmetic of
/// Hugging Face's `HubertModel`, inference without masking). Immutable; any thread.
class Hubert {
public:
    Hubert(TensorSource& source, const HubertSizes& sizes);

    struct Features {
        at::Tensor last; ///< (batch, frames, width): the last hidden state.
        /// (batch, frames, width): the stream after so many blocks as were asked for, not
        /// normalised in stable models ("hidden_states[n]"); undefined when none were.
        at::Tensor middle;
    };
    /// Called after each transformer block with the number of those done; false ends the run.
    using Proceed = std::function<bool(std::int64_t)>;
    /// `samples` (batch, samples) at 16 kHz with mean 0 and variance 1 (see `normalised`); at least
    /// 400. `middleBlock`: 0 for none, else up to `layers`. When `proceed` ends the run, both
    /// results are undefined.
    [[nodiscard]] Features operator()(const at::Tensor& samples, std::int64_t middleBlock = 0,
                                      const Proceed& proceed = {}) const;

    /// Mean 0 and variance 1 over the whole sound, (x - mean) / sqrt(variance + 1e-7), as the
    /// original's processor.
    [[nodiscard]] static at::Tensor normalised(const at::Tensor& samples);

    [[nodiscard]] const HubertSizes& sizes() const { return sizes_; }

private:
    Hubert(const Scope& scope, const HubertSizes& sizes);

    /// A convolution as a linear map of the frames that a tap sees, side by side.
    struct FrontEnd {
        InferenceLinear map;
        std::vector<LayerNorm> norm; ///< One, or none.
    };
    struct Block {
        Block(const Scope& scope, const HubertSizes& sizes);

        SelfAttention attention;
        LayerNorm attentionNorm;
        InferenceLinear widen, narrow;
        LayerNorm blockNorm;
    };
    [[nodiscard]] static FrontEnd frontEndStage(const Scope& scope, const HubertSizes& sizes,
                                                std::size_t index);
    [[nodiscard]] at::Tensor frontEnd(const at::Tensor& samples) const;
    [[nodiscard]] at::Tensor positions(const at::Tensor& x) const;
    [[nodiscard]] at::Tensor run(const Block& block, const at::Tensor& x) const;

    HubertSizes sizes_;
    std::vector<FrontEnd> frontEnd_;
    LayerNorm projectionNorm_;
    Linear projection_;
    at::Tensor positionWeight_; ///< Weight norm is multiplied out once.
    at::Tensor positionBias_;
    LayerNorm norm_;
    std::vector<Block> blocks_;
};

} // namespace gesture::models
