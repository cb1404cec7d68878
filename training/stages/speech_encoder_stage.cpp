// SPDX-License-Identifier: Apache-2.0
#include "training/stages/speech_encoder_stage.h"

#include <ATen/ops/argmax.h>
#include <ATen/ops/binary_cross_entropy_with_logits.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/full.h>
#include <ATen/ops/gather.h>
#include <ATen/ops/softmax.h>

#include <utility>

namespace gesture::training {

namespace {

at::Tensor wholeNumbers(const Batch& batch, std::string_view name) {
    return entryOf(batch, name).to(at::kLong);
}

at::Tensor classError(const at::Tensor& logits, const at::Tensor& truth) {
    return at::cross_entropy_loss(logits.flatten(0, 1), truth.flatten());
}

} // namespace

SpeechEncoderStage::SpeechEncoderStage(SpeechEncoderSettings settings, const StageBasics& basics)
    : settings_(std::move(settings))
    , basics_(basics)
    , tensors_(basics.device) {
    network_ = std::make_unique<const models::LogMelSpeechEncoder>(tensors_, settings_.sizes);
    tensors_.fill(basics_.initial);
}

at::Tensor SpeechEncoderStage::errors(const models::LogMelSpeechEncoder::Labels& said,
                                      const Truth& truth, FigureSheet& sheet) const {
    const at::Tensor phone = classError(said.phone, truth.phone);
    const at::Tensor stress = at::binary_cross_entropy_with_logits(said.stress, truth.stress);
    const at::Tensor apex = at::binary_cross_entropy_with_logits(said.apex, truth.apex);
    const at::Tensor lexicon = classError(said.lexicon, truth.lexicon);
    const at::Tensor loss = settings_.phoneWeight * phone + settings_.stressWeight * stress +
                            settings_.apexWeight * apex + settings_.lexiconWeight * lexicon;
    sheet.add("loss", loss);
    sheet.add("loss.phone", phone);
    sheet.add("loss.stress", stress);
    sheet.add("loss.apex", apex);
    sheet.add("loss.lexicon", lexicon);
    return loss;
}

Figures SpeechEncoderStage::addGradients(const Batch& batch, const StepContext& context) {
    at::Tensor mel = entryOf(batch, "mel");
    Truth truth{wholeNumbers(batch, "phone"), entryOf(batch, "stress"), entryOf(batch, "apex"),
                wholeNumbers(batch, "lexicon")};
    if (settings_.augmentation.speedShare > 0.0) {
        const at::Tensor rows = speedRows(mel, settings_.augmentation);
        mel = mel.gather(1, rows.unsqueeze(-1).expand_as(mel));
        for (at::Tensor* labels : {&truth.phone, &truth.stress, &truth.apex, &truth.lexicon})
            *labels = labels->gather(1, rows);
    }
    const auto heard = (*network_)(disturbed(mel, settings_.augmentation), basics_.pass);
    FigureSheet sheet;
    sendBackward(errors(network_->labels(heard.high), truth, sheet), context);
    return sheet.figures();
}

Result<Figures> SpeechEncoderStage::evaluate(const BatchSource& heldOut, JobControl& control) {
    return meansOver(heldOut, basics_, control, [&](const Batch& batch) {
        const Truth truth{wholeNumbers(batch, "phone"), entryOf(batch, "stress"),
                          entryOf(batch, "apex"), wholeNumbers(batch, "lexicon")};
        const auto said =
            network_->labels((*network_)(entryOf(batch, "mel"), models::Pass::Inference).high);
        FigureSheet sheet;
        (void)errors(said, truth, sheet);
        const at::Tensor spoken = (truth.phone > 0).to(at::kFloat);
        const at::Tensor right = (at::argmax(said.phone, -1) == truth.phone).to(at::kFloat);
        sheet.add("phone_accuracy", (right * spoken).sum() / spoken.sum().clamp_min(1.0));
        const auto area = [&](const char* name, const at::Tensor& scores,
                              const at::Tensor& labels) {
            sheet.add(name, at::full({}, areaUnderCurve(scores, labels), scores.options()));
        };
        area("stress_auc", said.stress, truth.stress > 0.5);
        area("apex_auc", said.apex, truth.apex > 0.5);
        area("lexicon_auc", -at::softmax(said.lexicon, -1).select(-1, 0), truth.lexicon > 0);
        return sheet;
    });
}

std::vector<ExportedNetwork> SpeechEncoderStage::networks() const {
    const models::LogMelSpeechEncoderSizes& sizes = settings_.sizes;
    return {{"speech_encoder",
             {"log_mel",
              "speech_encoder.safetensors",
              {{"bands", {sizes.bands}},
               {"width", {sizes.width}},
               {"inner", {sizes.inner}},
               {"kernel", {sizes.kernel}},
               {"in_kernel", {sizes.inKernel}},
               {"dilations", sizes.dilations},
               {"low_block", {sizes.lowBlock}},
               {"phones", {sizes.phones}},
               {"lexicon_words", {sizes.lexiconWords}}}},
             tensors_.all()}};
}

} // namespace gesture::training
