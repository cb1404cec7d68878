// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/basic.h"
#include "core/models/networks/generator_sizes.h"

namespace gesture::models {

/// Narrows speech-encoder features to the generator's width: convolution, batch norm, GELU,
/// convolution, no biases. Keys `0`, `1`, `3`.
class SpeechAdapter {
public:
    SpeechAdapter(const Scope& scope, std::int64_t channels, std::int64_t width);
    /// (batch, frames, channels) to (batch, frames, width).
    [[nodiscard]] at::Tensor operator()(const at::Tensor& speech, Pass pass) const;

private:
    Convolution first_;
    BatchNorm norm_;
    Convolution second_;
};

/// Mixes two streams channel by channel with weights that both decide: the shares of a channel add
/// up to one. A single linear layer of (2 width, 2 width).
class StreamFusion {
public:
    StreamFusion(const Scope& scope, std::int64_t width);

    struct Mixed {
        at::Tensor stream; ///< (batch, frames, width)
        at::Tensor share;  ///< (batch, frames, width): share of the first stream, 0..1.
    };
    [[nodiscard]] Mixed operator()(const at::Tensor& first, const at::Tensor& second) const;

private:
    Linear weigh_;
};

} // namespace gesture::models
