// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/transformer.h"
#include "core/models/networks/generator_sizes.h"

namespace gesture::models {

/// The face of SemTalk's base network and of EchoMask: a transformer whose target is the speaker
/// and whose memory is the speech, down-sampled to tokens.
class FaceBranch {
public:
    FaceBranch(const Scope& scope, const GeneratorSizes& sizes);

    /// `speech`, `hint` (batch, frames, latent), `speaker` (batch, frames) whole numbers; returns
    /// (batch, tokens, latent).
    [[nodiscard]] at::Tensor operator()(const at::Tensor& speech, const at::Tensor& hint,
                                        const at::Tensor& speaker, Pass pass) const;

private:
    Convolution halve_;
    Convolution halveAgain_;
    Mlp between_;
    Linear join_;
    Linear narrow_;
    DecoderStack decoder_;
    PositionTable positions_;
    Mlp hints_;
    Embedding speakers_;
};

} // namespace gesture::models
