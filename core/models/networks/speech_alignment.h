// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/transformer.h"
#include "core/models/networks/body_parts.h"
#include "core/models/networks/generator_sizes.h"

#include <string>

namespace gesture::models {

/// EchoMask's motion-audio alignment module (MAM): brings speech and motion of each part into one
/// space (EchoMask section 3.2; class `MAM`).
class SpeechAlignment {
public:
    SpeechAlignment(const Scope& scope, const GeneratorSizes& sizes);

    /// Speech as each part should hear it, (batch, frames, latent): learnt queries attend to the
    /// low and then to the high speech features, both (batch, frames, projected). Depends on speech
    /// only, so all windows of a clip can be one batch.
    [[nodiscard]] FourParts<at::Tensor> conditions(const at::Tensor& low, const at::Tensor& high,
                                                   Pass pass) const;

    /// Motion of each part in the same space, (batch, tokens, latent), from its codebook vectors
    /// (batch, layers, tokens, latent), summed over layers here. Training only.
    [[nodiscard]] FourParts<at::Tensor> motions(const FourParts<at::Tensor>& codes,
                                                Pass pass) const;

    /// The module's loss: contrast, prediction and matching of motion and speech, over the parts.
    [[nodiscard]] at::Tensor loss(const FourParts<at::Tensor>& conditions,
                                  const FourParts<at::Tensor>& motions) const;

private:
    /// The layers of one part; the three encoders serve speech and motion alike.
    struct Part {
        Part(const Scope& scope, const std::string& name, const GeneratorSizes& sizes);

        at::Tensor query; ///< (1, 1, latent)
        EncoderStack first, second, third;
        DecoderStack low, high;
        Mlp predict;
        Mlp match;
    };
    [[nodiscard]] at::Tensor condition(const Part& part, const at::Tensor& low,
                                       const at::Tensor& high, Pass pass) const;
    [[nodiscard]] at::Tensor motion(const Part& part, const at::Tensor& codes, Pass pass) const;

    std::int64_t window_;
    Part face_;
    Part hands_;
    Part upper_;
    Part lower_;
    PositionTable positions_;
    PositionTable speechPositions_;
};

} // namespace gesture::models
