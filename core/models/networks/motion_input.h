// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/basic.h"
#include "core/models/networks/generator_sizes.h"

#include <optional>
#include <vector>

namespace gesture::models {

/// Convolutions over motion frames: three times (convolution, leaky ReLU, residual block), no
/// down-sampling; each output frame sees 9 frames to either side. Keys `main.0` … `main.8`.
class MotionEncoder {
public:
    MotionEncoder(const Scope& scope, std::int64_t channels, std::int64_t width);
    /// (batch, frames, channels) to (batch, frames, width).
    [[nodiscard]] at::Tensor operator()(const at::Tensor& motion) const;

private:
    struct Stage {
        Convolution enter;
        Convolution first;
        Convolution second;
    };
    std::vector<Stage> stages_;
};

/// The motion that a generator is given: masked entries become a learnt value, and the rest is
/// encoded into hints.
class MotionInput {
public:
    /// Asks for `mask_embeddings` and below `motion_encoder` of `scope`, and with
    /// `sizes.normalised` below `channel_norm`.
    MotionInput(const Scope& scope, const GeneratorSizes& sizes);

    /// `motion` and `mask` (batch, frames, channels), mask 1 = hidden; returns (batch, frames,
    /// latent).
    [[nodiscard]] at::Tensor operator()(const at::Tensor& motion, const at::Tensor& mask) const;

private:
    at::Tensor maskEmbedding_; ///< (1, 1, channels)
    std::optional<ChannelNorm> norm_;
    MotionEncoder encoder_;
};

} // namespace gesture::models
