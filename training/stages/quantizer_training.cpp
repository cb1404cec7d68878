// SPDX-License-Identifier: Apache-2.0
#include "training/stages/quantizer_training.h"

#include "core/models/networks/residual_quantizer.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/log.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/mse_loss.h>
#include <ATen/ops/one_hot.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/rand_like.h>
#include <ATen/ops/randint.h>
#include <ATen/ops/randn_like.h>
#include <ATen/ops/randperm.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <cmath>
#include <string>
#include <utility>

namespace gesture::training {

namespace {

/// Log of a number that may be 0.
at::Tensor safeLog(const at::Tensor& x) { return at::log(x.clamp_min(1e-20)); }

} // namespace

QuantizerTraining::QuantizerTraining(std::vector<at::Tensor> codebooks,
                                     const QuantizerSettings& settings)
    : settings_(settings)
    , begun_(
          at::zeros({}, at::TensorOptions().dtype(at::kLong).device(codebooks.front().device()))) {
    for (std::size_t i = 0; i < codebooks.size(); ++i) {
        Layer layer{codebooks[i], at::zeros_like(codebooks[i]),
                    at::ones({codebooks[i].size(0)}, codebooks[i].options())};
        const std::string name = "quantizer.layers." + std::to_string(i);
        statistics_.push_back({name + ".code_sum", layer.sum});
        statistics_.push_back({name + ".code_count", layer.count});
        layers_.push_back(std::move(layer));
    }
    statistics_.push_back({"quantizer.begun", begun_});
}

void QuantizerTraining::keepCodebooks() {
    // As if each code had been met so often lately that none is dead at once.
    const double met = 4.0 * std::max(1.0, settings_.deadBelow);
    for (Layer& layer : layers_) {
        layer.sum.copy_(layer.codebook * met);
        layer.count.fill_(met);
    }
    begun_.fill_(1);
}

at::Tensor QuantizerTraining::replacements(const Layer& layer, const at::Tensor& rows) const {
    const std::int64_t wanted = layer.codebook.size(0);
    if (settings_.revival == QuantizerSettings::Revival::RandomRows)
        return rows.index_select(
            0, at::randint(rows.size(0), {wanted}, rows.options().dtype(at::kLong)));
    if (rows.size(0) >= wanted) return rows.narrow(0, 0, wanted);
    const std::int64_t turns = (wanted + rows.size(0) - 1) / rows.size(0);
    const at::Tensor tiled = rows.repeat({turns, 1});
    const double spread = 0.01 / std::sqrt(static_cast<double>(rows.size(1)));
    return (tiled + at::randn_like(tiled) * spread).narrow(0, 0, wanted);
}

void QuantizerTraining::begin(Layer& layer, const at::Tensor& rows) const {
    at::Tensor first = replacements(layer, rows);
    const bool spread = settings_.revival == QuantizerSettings::Revival::RandomRows;
    if (spread && rows.size(0) >= layer.codebook.size(0)) // no row twice
        first = rows.index_select(0, at::randperm(rows.size(0), rows.options().dtype(at::kLong))
                                         .narrow(0, 0, layer.codebook.size(0)));
    layer.codebook.copy_(first);
    layer.sum.copy_(first);
    layer.count.fill_(1);
}

at::Tensor QuantizerTraining::choose(const Layer& layer, const at::Tensor& rows) const {
    const at::Tensor distance = models::codeDistances(rows, layer.codebook);
    if (settings_.temperature <= 0.0) return at::argmax(-distance, -1);
    at::Tensor noise = -safeLog(-safeLog(at::rand_like(distance)));
    if (settings_.relativeNoise > 0.0) noise = noise * (settings_.relativeNoise * distance.mean());
    return at::argmax(-distance / settings_.temperature + noise, -1);
}

at::Tensor QuantizerTraining::follow(Layer& layer, const at::Tensor& rows,
                                     const at::Tensor& codes) const {
    const double kept = settings_.decay;
    const at::Tensor chosen = at::one_hot(codes, layer.codebook.size(0)).to(rows.scalar_type());
    const at::Tensor counted = chosen.sum(0);
    layer.sum.mul_(kept).add_(at::matmul(chosen.t(), rows), 1.0 - kept);
    layer.count.mul_(kept).add_(counted, 1.0 - kept);
    const at::Tensor alive = layer.count >= settings_.deadBelow;
    const at::Tensor mean = layer.sum / layer.count.clamp_min(1e-12).unsqueeze(1);
    layer.codebook.copy_(at::where(alive.unsqueeze(1), mean, replacements(layer, rows)));
    if (settings_.revival == QuantizerSettings::Revival::RandomRows) {
        layer.sum.copy_(at::where(alive.unsqueeze(1), layer.sum, layer.codebook));
        layer.count.copy_(at::where(alive, layer.count, at::ones({}, layer.count.options())));
    }
    const at::Tensor share = counted / counted.sum();
    return at::exp(-(share * at::log(share + 1e-7)).sum());
}

QuantizerTraining::Quantized QuantizerTraining::operator()(const at::Tensor& latents) {
    if (!knownToHaveBegun_) knownToHaveBegun_ = begun_.item<std::int64_t>() != 0;
    at::Tensor residual = latents.reshape({-1, latents.size(-1)});
    at::Tensor total = at::zeros_like(residual);
    std::vector<at::Tensor> codes, commitments, perplexities;
    const bool eachLayer = settings_.gradient == QuantizerSettings::Gradient::EachLayer;
    for (Layer& layer : layers_) {
        at::Tensor vectors;
        {
            const at::NoGradGuard noGradient;
            const at::Tensor rows = residual.detach();
            if (!knownToHaveBegun_) begin(layer, rows);
            const at::Tensor chosen = choose(layer, rows);
            vectors = at::embedding(layer.codebook, chosen);
            perplexities.push_back(follow(layer, rows, chosen));
            codes.push_back(chosen.view({latents.size(0), latents.size(1)}));
        }
        commitments.push_back(at::mse_loss(residual, vectors));
        total = total + (eachLayer ? residual + (vectors - residual).detach() : vectors);
        residual = residual - vectors;
    }
    if (!knownToHaveBegun_) begun_.fill_(1);
    knownToHaveBegun_ = true;
    const at::Tensor flat = latents.reshape({-1, latents.size(-1)});
    if (!eachLayer) total = flat + (total - flat).detach();
    return {total.view_as(latents), at::stack(codes, -1), at::stack(commitments).mean(),
            at::stack(perplexities).mean()};
}

} // namespace gesture::training
