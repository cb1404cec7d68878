// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/scope.h"

#include <vector>

namespace gesture::models {

/// Squared Euclidean distances of rows (n, width) to the entries of a codebook (codes, width), (n,
/// codes): |x|^2 - 2 x w + |w|^2 in that order, as the originals compute them.
[[nodiscard]] at::Tensor codeDistances(const at::Tensor& rows, const at::Tensor& codebook);

/// Codebooks one after the other, each naming what the ones before left over (classes `ResidualVQ`,
/// `QuantizeEMAReset`). Keys `layers.<i>.codebook` (codes, width).
class ResidualQuantizer {
public:
    ResidualQuantizer(const Scope& scope, std::int64_t layers, std::int64_t codes,
                      std::int64_t width);

    /// (batch, tokens, width) to (batch, tokens, layers): nearest code of each layer
    /// (`codeDistances`).
    [[nodiscard]] at::Tensor nearest(const at::Tensor& latents) const;
    /// (batch, tokens, layers) to one codebook vector a layer, (layers, batch, tokens, width); -1
    /// gives zeros, missing layers are left out.
    [[nodiscard]] at::Tensor vectors(const at::Tensor& codes) const;

    [[nodiscard]] const std::vector<at::Tensor>& codebooks() const { return codebooks_; }

private:
    std::vector<at::Tensor> codebooks_;
};

} // namespace gesture::models
