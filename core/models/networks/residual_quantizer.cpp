// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/residual_quantizer.h"

#include <ATen/ops/argmax.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/stack.h>

#include <string>

namespace gesture::models {

at::Tensor codeDistances(const at::Tensor& rows, const at::Tensor& codebook) {
    const at::Tensor transposed = codebook.t();
    return rows.square().sum(-1, true) - 2 * at::matmul(rows, transposed) +
           transposed.square().sum(0, true);
}

ResidualQuantizer::ResidualQuantizer(const Scope& scope, std::int64_t layers, std::int64_t codes,
                                     std::int64_t width) {
    for (std::int64_t i = 0; i < layers; ++i)
        codebooks_.push_back(
            (scope / "layers" / std::to_string(i)).buffer("codebook", {codes, width}));
}

at::Tensor ResidualQuantizer::nearest(const at::Tensor& latents) const {
    at::Tensor residual = latents.reshape({-1, latents.size(-1)});
    std::vector<at::Tensor> codes;
    for (const at::Tensor& codebook : codebooks_) {
        const at::Tensor chosen = at::argmax(-codeDistances(residual, codebook), -1);
        residual = residual - at::embedding(codebook, chosen);
        codes.push_back(chosen.view({latents.size(0), latents.size(1)}));
    }
    return at::stack(codes, -1);
}

at::Tensor ResidualQuantizer::vectors(const at::Tensor& codes) const {
    std::vector<at::Tensor> vectors;
    for (std::int64_t layer = 0; layer < codes.size(-1); ++layer) {
        const at::Tensor chosen = codes.select(-1, layer);
        const at::Tensor present = (chosen >= 0).unsqueeze(-1);
        vectors.push_back(
            at::embedding(codebooks_[static_cast<std::size_t>(layer)], chosen.clamp_min(0)) *
            present);
    }
    return at::stack(vectors);
}

} // namespace gesture::models
