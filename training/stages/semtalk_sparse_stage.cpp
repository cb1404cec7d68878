// SPDX-License-Identifier: Apache-2.0
#include "training/stages/semtalk_sparse_stage.h"

#include "training/losses/code_losses.h"

#include <ATen/ops/full.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>

#include <utility>

namespace gesture::training {

using models::SpeechHints;

namespace {

models::FourParts<models::PartPrediction> trunkOf(const models::SemTalkSparse::Output& output) {
    return {{}, output.body.hands, output.body.upper, output.body.lower};
}

} // namespace

SemTalkSparseStage::SemTalkSparseStage(SemTalkSparseSettings settings, Codebooks codebooks,
                                       const StageBasics& basics)
    : GeneratorStage(settings, std::move(codebooks), basics)
    , sparse_(settings)
    , network_(std::make_unique<const models::SemTalkSparse>(tensors(), settings.sizes)) {
    fillTensors();
}

at::Tensor SemTalkSparseStage::scores(const Batch& batch) const {
    const at::Tensor& score = entryOf(batch, "score");
    const at::Tensor kept = at::where(score > sparse_.scoreFloor, score, at::zeros_like(score));
    return models::meanOfTokens(kept.unsqueeze(-1)).squeeze(-1);
}

models::SemTalkSparse::Output SemTalkSparseStage::run(const Batch& batch, const at::Tensor& mask,
                                                      SpeechHints hints, models::Pass pass,
                                                      Words words) const {
    at::Tensor spoken = entryOf(batch, "words").to(at::kLong).clamp(0, settings().sizes.words - 1);
    if (isTraining(pass) && sparse_.wordDrop > 0.0) {
        const at::Tensor kept =
            at::rand({spoken.size(0), 1}, spoken.options().dtype(at::kFloat)) >= sparse_.wordDrop;
        spoken = spoken * kept;
    }
    if (words == Words::Withheld) spoken = at::zeros_like(spoken);
    at::Tensor sentence;
    if (!settings().sizes.sentenceOfWords) sentence = entryOf(batch, "sentence");
    return (*network_)({spoken, sentence, entryOf(batch, "speech"), contextOf(batch, mask), hints,
                        posteriorsOf(batch, settings().sizes, pass)},
                       pass);
}

bool SemTalkSparseStage::gateCounts(MaskPass which) const {
    return !sparse_.publishedGate || which == MaskPass::Unheard;
}

at::Tensor SemTalkSparseStage::passLoss(const Batch& batch, MaskPass which, const at::Tensor& mask,
                                        FigureSheet& sheet) {
    const auto hints = which == MaskPass::Unheard ? SpeechHints::Skipped : SpeechHints::Heard;
    const auto output = run(batch, mask, hints, basics().pass);
    const at::Tensor score = scores(batch);
    const at::Tensor loss = partErrors(trunkOf(output), codebooks().targets(batch),
                                       JudgedLayers::All, score / sparse_.scoreScale, sheet);
    const at::Tensor gate = gateError(output.gate, (score > 0).to(at::kLong));
    sheet.sum("loss.gate", gate);
    return gateCounts(which) ? loss + settings().weights.gate * gate : loss;
}

Result<Figures> SemTalkSparseStage::evaluate(const BatchSource& heldOut, JobControl& control) {
    return meansOver(heldOut, basics(), control, [&](const Batch& batch) {
        const at::Tensor mask = seedMask(entryOf(batch, "motion"));
        const auto output = run(batch, mask, SpeechHints::Heard, models::Pass::Inference);
        const auto silent =
            run(batch, mask, SpeechHints::Heard, models::Pass::Inference, Words::Withheld);
        const CodeTargets targets = codebooks().targets(batch);
        const at::Tensor score = scores(batch);
        const at::Tensor semantic = (score > 0).to(at::kLong);
        FigureSheet terms;
        FigureSheet sheet;
        const at::Tensor errors = partErrors(trunkOf(output), targets, JudgedLayers::All,
                                             score / sparse_.scoreScale, terms);
        sheet.add("loss", errors + gateError(output.gate, semantic));
        const auto number = [&](double value) { return at::full({}, value, score.options()); };
        sheet.add("semantic_auc", number(areaUnderCurve(output.score, semantic)));
        sheet.add("semantic_auc.no_words", number(areaUnderCurve(silent.score, semantic)));
        noteAccuracies(trunkOf(output), targets, sheet);
        return sheet;
    });
}

std::vector<ExportedNetwork> SemTalkSparseStage::networks() const {
    return {{"sparse",
             {"semtalk_sparse", "sparse.safetensors", namedSizes(settings().sizes)},
             tensors().all()}};
}

} // namespace gesture::training
