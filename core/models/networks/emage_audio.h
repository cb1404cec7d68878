// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/basic.h"

#include <optional>
#include <vector>

namespace gesture::models {

/// EMAGE's ear: six residual convolutions (15 taps, batch norms) from samples to motion frames
/// (class `WavEncoder`). Immutable in inference; any thread. Training updates the running
/// statistics in place.
class EmageAudioEncoder {
public:
    /// Asks below `feat_extractor` of `scope`; `width` is a multiple of 4.
    EmageAudioEncoder(const Scope& scope, std::int64_t width);

    /// (batch, samples) at 16 kHz, as they are, to (batch, frameCount(samples), width). The clips
    /// of a batch do not see each other in inference, so all windows of a sound can be one batch.
    [[nodiscard]] at::Tensor operator()(const at::Tensor& samples, Pass pass) const;

    /// Frames for so many samples: one for each 540, where motion has one for each 533, and some
    /// more for the padding. n frames of motion get at least n up to n = 102, and 64 get 64. Slices
    /// of the features of a long sound are therefore not the features of its slices.
    [[nodiscard]] static std::int64_t frameCount(std::int64_t samples);

private:
    /// Convolution and norm, the way around it where the sizes change.
    struct NormedConvolution {
        Convolution convolution;
        BatchNorm norm;
        [[nodiscard]] at::Tensor operator()(const at::Tensor& x, Pass pass) const;
    };
    struct Block {
        NormedConvolution first;
        NormedConvolution second;
        std::optional<NormedConvolution> shortcut;
    };
    std::vector<Block> blocks_;
};

} // namespace gesture::models
