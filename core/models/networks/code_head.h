// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/transformer.h"
#include "core/models/networks/body_parts.h"
#include "core/models/networks/generator_sizes.h"

#include <string_view>
#include <vector>

namespace gesture::models {

/// Turns a part's latent into codes of all residual layers: layer 0 by a classifier, each further
/// one by a stack that refines the latents so far under the speech. Continuous throughout; codes
/// are never fed back. (SemTalk, `semtalk.py` "predict_res"; EchoMask likewise.)
class CodeHead {
public:
    /// Asks below `<part>_classifier` and `predict_res_<part>` of `scope`.
    CodeHead(const Scope& scope, std::string_view part, const GeneratorSizes& sizes);

    /// `latent` (batch, tokens, latent), `speech` (batch, frames, latent).
    [[nodiscard]] PartPrediction operator()(const at::Tensor& latent, const at::Tensor& speech,
                                            Pass pass) const;

private:
    Mlp classifier_;
    std::vector<DecoderStack> stacks_;
    std::vector<Linear> joins_; ///< For layers 2 and up.
    std::vector<Mlp> classifiers_;
};

} // namespace gesture::models
