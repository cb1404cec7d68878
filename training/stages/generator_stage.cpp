// SPDX-License-Identifier: Apache-2.0
#include "training/stages/generator_stage.h"

#include "training/losses/code_losses.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/zeros.h>

#include <array>
#include <utility>

namespace gesture::training {

namespace {

/// A part of four, to go through them in turn.
template <typename T>
std::array<std::pair<const char*, const T*>, 4> listed(const models::FourParts<T>& parts) {
    return {{{"face", &parts.face},
             {"upper", &parts.upper},
             {"hands", &parts.hands},
             {"lower", &parts.lower}}};
}

} // namespace

GeneratorStage::GeneratorStage(GeneratorSettings settings, Codebooks codebooks,
                               const StageBasics& basics)
    : settings_(std::move(settings))
    , codebooks_(std::move(codebooks))
    , latentScales_(codebooks_.variances())
    , basics_(basics)
    , tensors_(basics.device) {
    if (settings_.weights.latentsByVariance) return;
    for (at::Tensor* scale :
         {&latentScales_.face, &latentScales_.hands, &latentScales_.upper, &latentScales_.lower})
        *scale = at::ones_like(*scale);
}

void GeneratorStage::fillTensors() {
    tensors_.fill(basics_.initial);
    const bool known = static_cast<bool>(basics_.initial.known);
    if (!settings_.sizes.normalised || !settings_.mean.defined() || known) return;
    tensors_.named("channel_norm.mean").copy_(settings_.mean);
    tensors_.named("channel_norm.deviation").copy_(settings_.deviation);
}

at::Tensor GeneratorStage::hiddenMask(const Batch& batch, const StepContext& context) {
    return numberMask(entryOf(batch, "motion"), hiddenShare(settings_.passes, context));
}

Figures GeneratorStage::addGradients(const Batch& batch, const StepContext& context) {
    at::Tensor hidden; // one mask for both passes that have one
    FigureSheet terms;
    FigureSheet sheet;
    for (const MaskPass which : passesOf(settings_.passes)) {
        const bool seed = which == MaskPass::Seed;
        if (!seed && !hidden.defined()) hidden = hiddenMask(batch, context);
        const at::Tensor loss =
            passLoss(batch, which, seed ? seedMask(entryOf(batch, "motion")) : hidden, terms);
        sendBackward(loss, context);
        sheet.sum("loss", loss);
    }
    Figures figures = sheet.figures();
    const Figures details = terms.figures();
    figures.insert(figures.end(), details.begin(), details.end());
    return figures;
}

at::Tensor GeneratorStage::partErrors(const models::FourParts<models::PartPrediction>& said,
                                      const CodeTargets& targets, JudgedLayers judged,
                                      const at::Tensor& weights, FigureSheet& sheet) const {
    const auto codes = listed(targets.codes);
    const auto vectors = listed(targets.vectors);
    const auto scales = listed(latentScales_);
    at::Tensor codeLoss;
    at::Tensor latentLoss;
    std::size_t part = 0;
    for (const auto& [name, prediction] : listed(said)) {
        const std::size_t i = part++;
        if (!prediction->logits.defined()) continue;
        const at::Tensor errors = codeErrors(prediction->logits, *codes[i].second, weights);
        const at::Tensor code =
            judged == JudgedLayers::All ? weightedLayers(errors) : errors.select(0, -1);
        const at::Tensor latent =
            latentError(prediction->latents, *vectors[i].second, weights) / *scales[i].second;
        codeLoss = codeLoss.defined() ? codeLoss + code : code;
        latentLoss = latentLoss.defined() ? latentLoss + latent : latent;
    }
    sheet.sum("loss.codes", codeLoss);
    sheet.sum("loss.latents", latentLoss);
    return settings_.weights.codes * codeLoss + settings_.weights.latents * latentLoss;
}

void GeneratorStage::noteAccuracies(const models::FourParts<models::PartPrediction>& said,
                                    const CodeTargets& targets, FigureSheet& sheet) {
    const auto codes = listed(targets.codes);
    std::size_t part = 0;
    for (const auto& [name, prediction] : listed(said)) {
        const std::size_t i = part++;
        if (prediction->logits.defined())
            sheet.add(std::string("accuracy.") + name,
                      firstLayerAccuracy(prediction->logits, *codes[i].second));
    }
}

} // namespace gesture::training
