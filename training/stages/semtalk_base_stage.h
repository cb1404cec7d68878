// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/networks/semtalk_base.h"
#include "training/stages/generator_stage.h"

#include <memory>

namespace gesture::training {

struct SemTalkBaseSettings : GeneratorSettings {
    /// Reproduces the published second pass, which judges the last code layer alone.
    bool publishedSecondPass = false;
};

/// Trains SemTalk's base network (`semtalk_base_trainer.py`). Batches: "motion", "speaker", "beat",
/// "speech", codes of four parts; with their flag "posteriors", and "events" where known.
class SemTalkBaseStage final : public GeneratorStage {
public:
    SemTalkBaseStage(SemTalkBaseSettings settings, Codebooks codebooks, const StageBasics& basics);

    [[nodiscard]] Result<Figures> evaluate(const BatchSource& heldOut,
                                           JobControl& control) override;
    [[nodiscard]] std::vector<ExportedNetwork> networks() const override;

    [[nodiscard]] at::Tensor passLoss(const Batch& batch, MaskPass which, const at::Tensor& mask,
                                      FigureSheet& sheet) override;

private:
    [[nodiscard]] models::SemTalkBase::Output run(const Batch& batch, const at::Tensor& mask,
                                                  models::SpeechHints hints,
                                                  models::Pass pass) const;

    bool publishedSecondPass_;
    std::unique_ptr<const models::SemTalkBase> network_;
};

} // namespace gesture::training
