// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/transformer.h"
#include "core/models/networks/body_parts.h"
#include "core/models/networks/generator_sizes.h"

namespace gesture::models {

/// "Coarse to fine": each body part's latent hears those of the others, token by token.
class PartRefinement {
public:
    PartRefinement(const Scope& scope, const GeneratorSizes& sizes);

    /// `coarse` (batch, tokens, latent) a part; the hands hear `handsMemory` (the face, or the
    /// other parts where there is none). Upper and lower hear the refined hands and each other's
    /// coarse latent, as the originals do.
    [[nodiscard]] BodyParts<at::Tensor> operator()(const BodyParts<at::Tensor>& coarse,
                                                   const at::Tensor& handsMemory, Pass pass) const;

private:
    DecoderStack hands_;
    DecoderStack upper_;
    DecoderStack lower_;
};

} // namespace gesture::models
