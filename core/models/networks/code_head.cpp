// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/code_head.h"

#include <ATen/ops/argmax.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/stack.h>

#include <string>

namespace gesture::models {

at::Tensor PartPrediction::tokens() const { return at::argmax(logits, 2); }

CodeHead::CodeHead(const Scope& scope, std::string_view part, const GeneratorSizes& sizes)
    : classifier_(scope / (std::string(part) + "_classifier"), sizes.latent, sizes.hidden,
                  sizes.codes) {
    const Scope residual = scope / ("predict_res_" + std::string(part));
    const TransformerShape shape{sizes.latent, sizes.residualFeedForward, sizes.residualHeads};
    const DecoderLayer unused(residual.dead() / "cross_layer", shape);
    for (std::int64_t k = 1; k < sizes.codeLayers; ++k)
        stacks_.emplace_back(residual / ("cross_attn_" + std::to_string(k)), shape,
                             sizes.residualDepth);
    for (std::int64_t k = 2; k < sizes.codeLayers; ++k)
        joins_.emplace_back(residual / ("map_zq" + std::to_string(k)), k * sizes.latent,
                            sizes.latent);
    // The originals spell it so.
    for (std::int64_t k = 1; k < sizes.codeLayers; ++k)
        classifiers_.emplace_back(residual / ("classfier_" + std::to_string(k)), sizes.latent,
                                  sizes.latent, sizes.codes);
}

PartPrediction CodeHead::operator()(const at::Tensor& latent, const at::Tensor& speech,
                                    Pass pass) const {
    std::vector<at::Tensor> latents{latent};
    std::vector<at::Tensor> logits{classifier_(latent)};
    for (std::size_t k = 0; k < stacks_.size(); ++k) {
        const at::Tensor start = k == 0 ? latent : joins_[k - 1](at::cat(latents, -1));
        latents.push_back(stacks_[k](start, speech, pass) + start);
        logits.push_back(classifiers_[k](latents.back()));
    }
    return {at::stack(logits, -1), at::stack(latents, 1)};
}

} // namespace gesture::models
