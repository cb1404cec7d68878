// SPDX-License-Identifier: Apache-2.0
#include "training/stages/semtalk_base_stage.h"

#include <utility>

namespace gesture::training {

using models::SpeechHints;

namespace {

models::FourParts<models::PartPrediction> partsOf(const models::SemTalkBase::Output& output) {
    return {output.face, output.body.hands, output.body.upper, output.body.lower};
}

} // namespace

SemTalkBaseStage::SemTalkBaseStage(SemTalkBaseSettings settings, Codebooks codebooks,
                                   const StageBasics& basics)
    : GeneratorStage(settings, std::move(codebooks), basics)
    , publishedSecondPass_(settings.publishedSecondPass)
    , network_(std::make_unique<const models::SemTalkBase>(tensors(), settings.sizes)) {
    fillTensors();
}

models::SemTalkBase::Output SemTalkBaseStage::run(const Batch& batch, const at::Tensor& mask,
                                                  SpeechHints hints, models::Pass pass) const {
    return (*network_)({entryOf(batch, "beat"), entryOf(batch, "speech"), contextOf(batch, mask),
                        hints, posteriorsOf(batch, settings().sizes, pass)},
                       pass);
}

at::Tensor SemTalkBaseStage::passLoss(const Batch& batch, MaskPass which, const at::Tensor& mask,
                                      FigureSheet& sheet) {
    const bool unheard = which == MaskPass::Unheard;
    const auto output =
        run(batch, mask, unheard ? SpeechHints::Skipped : SpeechHints::Heard, basics().pass);
    const JudgedLayers judged =
        unheard && publishedSecondPass_ ? JudgedLayers::LastAlone : JudgedLayers::All;
    at::Tensor loss = partErrors(partsOf(output), codebooks().targets(batch), judged, {}, sheet);
    if (which != MaskPass::Seed) return loss;
    const at::Tensor rhythm =
        consistencyLoss(output.faceRhythm) + consistencyLoss(output.handsRhythm);
    sheet.add("loss.rhythm", rhythm);
    return loss + settings().weights.rhythm * rhythm;
}

Result<Figures> SemTalkBaseStage::evaluate(const BatchSource& heldOut, JobControl& control) {
    return meansOver(heldOut, basics(), control, [&](const Batch& batch) {
        const auto output = run(batch, seedMask(entryOf(batch, "motion")), SpeechHints::Heard,
                                models::Pass::Inference);
        const CodeTargets targets = codebooks().targets(batch);
        FigureSheet terms;
        FigureSheet sheet;
        sheet.add("loss", partErrors(partsOf(output), targets, JudgedLayers::All, {}, terms));
        noteAccuracies(partsOf(output), targets, sheet);
        return sheet;
    });
}

std::vector<ExportedNetwork> SemTalkBaseStage::networks() const {
    return {{"base",
             {"semtalk_base", "base.safetensors", namedSizes(settings().sizes)},
             tensors().all()}};
}

} // namespace gesture::training
