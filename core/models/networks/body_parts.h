// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/tensor.h"

namespace gesture::models {

/// One value for each body part that moves with the trunk.
template <typename T>
struct BodyParts {
    T upper;
    T hands;
    T lower;
};

/// A value for each of the four parts that have codes of their own.
template <typename T>
struct FourParts {
    T face;
    T hands;
    T upper;
    T lower;
};

/// What a generator says of one body part of a window.
struct PartPrediction {
    /// (batch, tokens, codes, layers): logits of each code of each residual layer.
    at::Tensor logits;
    /// (batch, layers, tokens, latent): what the codebook vector of each layer should be.
    at::Tensor latents;

    /// (batch, tokens, layers), whole numbers: the likeliest codes.
    [[nodiscard]] at::Tensor tokens() const;
};

} // namespace gesture::models
