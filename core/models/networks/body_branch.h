// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/transformer.h"
#include "core/models/networks/body_parts.h"
#include "core/models/networks/generator_sizes.h"

namespace gesture::models {

/// The trunk that SemTalk's two networks and EchoMask share: motion hints and the speaker become
/// frame-wise body features; those, after the speech was heard, become latents of three parts.
class BodyBranch {
public:
    BodyBranch(const Scope& scope, const GeneratorSizes& sizes);

    /// `hint` (batch, frames, latent), `speaker` (batch, frames); returns (batch, frames, hidden).
    [[nodiscard]] at::Tensor features(const at::Tensor& hint, const at::Tensor& speaker,
                                      Pass pass) const;

    /// `features` with positions, as targets and memories of the attention to speech.
    [[nodiscard]] at::Tensor positioned(const at::Tensor& features, Pass pass) const;

    /// `features` (batch, frames, hidden) to one (batch, tokens, latent) a part.
    [[nodiscard]] BodyParts<at::Tensor> latents(const at::Tensor& features,
                                                const at::Tensor& speaker, Pass pass) const;

private:
    /// The layers of one part.
    struct Part {
        Part(const Scope& scope, const std::string& name, const GeneratorSizes& sizes);

        Convolution halve;
        Mlp enter;
        DecoderStack decoder;
        Linear narrow;
    };
    [[nodiscard]] at::Tensor latentOf(const Part& part, const at::Tensor& own,
                                      const at::Tensor& others, const at::Tensor& speaker,
                                      Pass pass) const;

    Convolution halve_;
    Convolution halveSpeaker_;
    PositionTable positions_;
    EncoderStack selfEncoder_;
    Linear widen_;
    Mlp hints_;
    Part upper_;
    Part hands_;
    Part lower_;
    Embedding speakers_;
};

} // namespace gesture::models
