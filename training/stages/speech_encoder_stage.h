// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/speech/log_mel_speech_encoder.h"
#include "training/stages/mel_augmentation.h"
#include "training/stages/stage_support.h"

#include <memory>

namespace gesture::training {

struct SpeechEncoderSettings {
    models::LogMelSpeechEncoderSizes sizes;
    MelAugmentation augmentation;
    double phoneWeight = 1.0;
    double stressWeight = 1.0;
    double apexWeight = 1.0;
    double lexiconWeight = 1.0;
};

/// Trains the small speech encoder on what a corpus knows of its speech. Batches, all at 50 rows a
/// second: "mel" (batch, rows, bands), "phone", "stress", "apex", "lexicon" (batch, rows).
class SpeechEncoderStage final : public Stage {
public:
    SpeechEncoderStage(SpeechEncoderSettings settings, const StageBasics& basics);

    [[nodiscard]] std::span<const NamedTensor> parameters() const override {
        return tensors_.parameters();
    }
    [[nodiscard]] std::span<const NamedTensor> buffers() const override {
        return tensors_.buffers();
    }
    [[nodiscard]] Figures addGradients(const Batch& batch, const StepContext& context) override;
    [[nodiscard]] Result<Figures> evaluate(const BatchSource& heldOut,
                                           JobControl& control) override;
    [[nodiscard]] std::string_view selection() const override { return "loss"; }
    [[nodiscard]] std::vector<ExportedNetwork> networks() const override;

private:
    struct Truth {
        at::Tensor phone, stress, apex, lexicon; ///< (batch, rows)
    };
    [[nodiscard]] at::Tensor errors(const models::LogMelSpeechEncoder::Labels& said,
                                    const Truth& truth, FigureSheet& sheet) const;

    SpeechEncoderSettings settings_;
    StageBasics basics_;
    TrainableTensors tensors_;
    std::unique_ptr<const models::LogMelSpeechEncoder> network_;
};

} // namespace gesture::training
