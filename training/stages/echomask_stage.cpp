// SPDX-License-Identifier: Apache-2.0
#include "training/stages/echomask_stage.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/full.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/randint.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace gesture::training {

using models::EchoMask;
using models::Pass;
using models::SpeechHints;

namespace {

models::FourParts<models::PartPrediction> partsOf(const EchoMask::Output& output) {
    return {output.face, output.body.hands, output.body.upper, output.body.lower};
}

/// (frames) 1 where a window is hidden.
at::Tensor chosenFrames(const at::Tensor& scores, const inference::Soft2HardCounts& counts,
                        inference::SoftDraw draw, std::uint64_t seed) {
    const auto choice = inference::chooseSoft2Hard(
        {scores.data_ptr<float>(), static_cast<std::size_t>(scores.numel())}, counts, draw, seed);
    at::Tensor hidden = at::zeros_like(scores);
    auto* values = hidden.data_ptr<float>();
    for (const auto* frames : {&choice.hard, &choice.soft, &choice.random})
        for (const std::size_t frame : *frames)
            values[frame] = 1.0F;
    return hidden;
}

} // namespace

EchoMaskStage::EchoMaskStage(EchoMaskSettings settings, Codebooks codebooks,
                             const StageBasics& basics)
    : GeneratorStage(settings, std::move(codebooks), basics)
    , echo_(settings)
    , network_(std::make_unique<const EchoMask>(tensors(), settings.sizes))
    , teacherTensors_(basics.device, TrainableTensors::Gradients::No)
    , teacher_(std::make_unique<const EchoMask>(teacherTensors_, settings.sizes)) {
    fillTensors();
    const at::NoGradGuard noGradient;
    const auto own = tensors().buffers();
    buffers_.assign(own.begin(), own.end());
    for (const NamedTensor& named : teacherTensors_.buffers()) {
        at::Tensor(named.tensor).copy_(tensors().named(named.name));
        buffers_.push_back({"teacher." + named.name, named.tensor});
    }
}

void EchoMaskStage::afterStep(const StepContext& context) {
    const at::NoGradGuard noGradient;
    double kept = echo_.teacherDecay;
    const double step = static_cast<double>(context.step);
    if (echo_.teacherWarmUp) kept = std::min(kept, (1.0 + step) / (10.0 + step));
    for (const NamedTensor& named : teacherTensors_.buffers()) {
        at::Tensor follower = named.tensor;
        const at::Tensor leader = tensors().named(named.name);
        if (follower.is_floating_point())
            follower.mul_(kept).add_(leader, 1.0 - kept);
        else
            follower.copy_(leader);
    }
}

EchoMaskStage::Heard EchoMaskStage::hear(const EchoMask& network, const Batch& batch,
                                         Pass pass) const {
    Heard heard;
    heard.aligned = network.aligned(entryOf(batch, "speech_low"), entryOf(batch, "speech"), pass);
    heard.conditions =
        network.conditions(heard.aligned, posteriorsOf(batch, settings().sizes, pass), pass);
    return heard;
}

at::Tensor EchoMaskStage::lossScores(const EchoMask& network, const Batch& batch) const {
    const auto heard = hear(network, batch, Pass::Inference);
    const auto output =
        network(heard.conditions, contextOf(batch, seedMask(entryOf(batch, "motion"))),
                SpeechHints::Heard, Pass::Inference);
    const CodeTargets targets = codebooks().targets(batch);
    const auto error = [](const models::PartPrediction& said, const at::Tensor& codes) {
        return -at::log_softmax(said.logits.select(-1, 0), 2)
                    .gather(2, codes.narrow(2, 0, 1))
                    .squeeze(2);
    };
    const at::Tensor sum = error(output.body.upper, targets.codes.upper) +
                           error(output.body.hands, targets.codes.hands) +
                           error(output.body.lower, targets.codes.lower);
    return sum.repeat_interleave(4, 1);
}

at::Tensor EchoMaskStage::frameScores(const EchoMask& network, const Batch& batch) const {
    const at::Tensor& motion = entryOf(batch, "motion");
    if (echo_.masks == EchoMaskSettings::Masks::Random)
        return at::rand({motion.size(0), motion.size(1)}, motion.options());
    if (echo_.masks == EchoMaskSettings::Masks::ByLoss) return lossScores(network, batch);
    const auto heard = hear(network, batch, Pass::Inference);
    const auto seen = network.attention(heard.conditions, contextOf(batch, at::zeros_like(motion)),
                                        Pass::Inference);
    if (!echo_.lastLayerAlone) return seen.fused;
    const auto last = [](const at::Tensor& map) {
        return models::SpeechQueryAttention::importance(map.narrow(0, map.size(0) - 1, 1));
    };
    return (last(seen.maps.upper) + last(seen.maps.hands) + last(seen.maps.lower)) / 3.0;
}

at::Tensor EchoMaskStage::hiddenMask(const Batch& batch, const StepContext& context) {
    const at::NoGradGuard noGradient;
    const at::Tensor& motion = entryOf(batch, "motion");
    const at::Tensor scores = frameScores(*teacher_, batch).to(at::kCPU, at::kFloat).contiguous();
    // Where masks follow the steps, a run is as long as the published one in its eyes.
    const double epoch =
        settings().passes.maskSteps > 0.0
            ? echo_.soft2Hard.epochs * static_cast<double>(context.step) /
                  static_cast<double>(std::max<std::int64_t>(1, context.totalSteps))
            : std::min(echo_.soft2Hard.epochs, static_cast<double>(context.epoch()));
    const auto counts = inference::soft2HardCounts(static_cast<std::size_t>(motion.size(1)), epoch,
                                                   echo_.soft2Hard);
    const at::Tensor seeds = at::randint(std::numeric_limits<std::int32_t>::max(), {motion.size(0)},
                                         at::TensorOptions().dtype(at::kLong));
    at::Tensor hidden = at::zeros({motion.size(0), motion.size(1)});
    for (std::int64_t i = 0; i < motion.size(0); ++i)
        hidden.select(0, i).copy_(
            chosenFrames(scores.select(0, i), counts, echo_.draw,
                         static_cast<std::uint64_t>(seeds.data_ptr<std::int64_t>()[i])));
    return hidden.to(motion.device()).unsqueeze(-1).expand_as(motion);
}

at::Tensor EchoMaskStage::passLoss(const Batch& batch, MaskPass which, const at::Tensor& mask,
                                   FigureSheet& sheet) {
    const Heard heard = hear(*network_, batch, basics().pass);
    const CodeTargets targets = codebooks().targets(batch);
    const auto hints = which == MaskPass::Unheard ? SpeechHints::Skipped : SpeechHints::Heard;
    const auto output = (*network_)(heard.conditions, contextOf(batch, mask), hints, basics().pass);
    const at::Tensor alignment = network_->alignment().loss(
        heard.aligned, network_->alignment().motions(targets.vectors, basics().pass));
    sheet.sum("loss.alignment", alignment);
    const at::Tensor loss = partErrors(partsOf(output), targets, JudgedLayers::All, {}, sheet) +
                            settings().weights.alignment * alignment;
    if (which != MaskPass::Seed) return loss;
    const at::Tensor rhythm =
        consistencyLoss(output.faceRhythm) + consistencyLoss(output.handsRhythm);
    sheet.add("loss.rhythm", rhythm);
    return loss + settings().weights.rhythm * rhythm;
}

Result<Figures> EchoMaskStage::evaluate(const BatchSource& heldOut, JobControl& control) {
    return meansOver(heldOut, basics(), control, [&](const Batch& batch) {
        const Heard heard = hear(*network_, batch, Pass::Inference);
        const at::Tensor& motion = entryOf(batch, "motion");
        const auto output = (*network_)(heard.conditions, contextOf(batch, seedMask(motion)),
                                        SpeechHints::Heard, Pass::Inference);
        const CodeTargets targets = codebooks().targets(batch);
        FigureSheet terms;
        FigureSheet sheet;
        sheet.add("loss", partErrors(partsOf(output), targets, JudgedLayers::All, {}, terms));
        noteAccuracies(partsOf(output), targets, sheet);
        if (const auto stroke = batch.find("stroke"); stroke != batch.end()) {
            const auto seen = network_->attention(
                heard.conditions, contextOf(batch, at::zeros_like(motion)), Pass::Inference);
            sheet.add(
                "attention_auc",
                at::full({}, areaUnderCurve(seen.fused, stroke->second > 0.5), motion.options()));
        }
        return sheet;
    });
}

std::vector<ExportedNetwork> EchoMaskStage::networks() const {
    return {{"generator",
             {"echomask", "generator.safetensors", namedSizes(settings().sizes)},
             tensors().all()}};
}

} // namespace gesture::training
