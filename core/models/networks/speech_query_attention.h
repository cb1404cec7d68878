// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/transformer.h"
#include "core/models/networks/generator_io.h"
#include "core/models/networks/generator_sizes.h"

#include <vector>

namespace gesture::models {

/// EchoMask's speech-queried attention (class `mask_generator`): speech of hands, upper and lower
/// body is the query, motion frames are keys and values; one stack serves the three parts.
class SpeechQueryAttention {
public:
    SpeechQueryAttention(const Scope& scope, const GeneratorSizes& sizes);

    struct Result {
        /// (batch, frames, hidden): what the motion is told, weighted over the parts.
        at::Tensor hints;
        /// (layers, batch, heads, speech frames, motion frames); undefined without a trace.
        BodyParts<at::Tensor> maps;
    };
    /// `speech` (batch, frames, latent) a part, `motion` (batch, frames, hidden) with positions.
    [[nodiscard]] Result operator()(const BodyParts<at::Tensor>& speech, const at::Tensor& motion,
                                    Pass pass, Trace trace) const;

    /// Importance of each motion frame for a part, (batch, frames): mean of the map over layers,
    /// heads and speech frames; sums to 1.
    [[nodiscard]] static at::Tensor importance(const at::Tensor& map);
    /// Importance fused over the parts by the learnt weights, (batch, frames).
    [[nodiscard]] at::Tensor fusedImportance(const BodyParts<at::Tensor>& maps) const;

private:
    Linear widenUpper_;
    Linear widenHands_;
    Linear widenLower_;
    at::Tensor weights_; ///< (3): hands, upper, lower.
    DecoderStack stack_;
};

} // namespace gesture::models
