// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/soft2hard.h"
#include "core/models/networks/echomask.h"
#include "training/stages/generator_stage.h"

#include <memory>
#include <vector>

namespace gesture::training {

struct EchoMaskSettings : GeneratorSettings {
    /// Which frames are hidden first: those that speech looks at most (in the teacher's eyes),
    /// any, or those whose codes the teacher predicts worst.
    enum class Masks { SpeechQueried, Random, ByLoss };
    Masks masks = Masks::SpeechQueried;
    inference::Soft2HardSettings soft2Hard;
    inference::SoftDraw draw = inference::SoftDraw::Published;
    bool lastLayerAlone = false; ///< Speech-queried masks look at the last layer's map only.
    double teacherDecay = 0.9999;
    /// Lets the teacher follow faster at first: decay at most (1 + step) / (10 + step).
    bool teacherWarmUp = false;
};

/// Trains EchoMask with its masks from a teacher, a running mean of the network
/// (`echomask_trainer.py`). Batches: "motion", "speaker", "speech", "speech_low", codes of four
/// parts; with their flag "posteriors", and "events" where known; "stroke" for evaluation.
class EchoMaskStage final : public GeneratorStage {
public:
    EchoMaskStage(EchoMaskSettings settings, Codebooks codebooks, const StageBasics& basics);

    /// The network's and, as "teacher.…", the teacher's.
    [[nodiscard]] std::span<const NamedTensor> buffers() const override { return buffers_; }
    void afterStep(const StepContext& context) override;
    [[nodiscard]] Result<Figures> evaluate(const BatchSource& heldOut,
                                           JobControl& control) override;
    [[nodiscard]] std::vector<ExportedNetwork> networks() const override;

    [[nodiscard]] at::Tensor passLoss(const Batch& batch, MaskPass which, const at::Tensor& mask,
                                      FigureSheet& sheet) override;

protected:
    [[nodiscard]] at::Tensor hiddenMask(const Batch& batch, const StepContext& context) override;

private:
    struct Heard {
        models::EchoMask::Conditions aligned, conditions;
    };
    [[nodiscard]] Heard hear(const models::EchoMask& network, const Batch& batch,
                             models::Pass pass) const;
    /// Scores (batch, frames): where frames are hidden first.
    [[nodiscard]] at::Tensor frameScores(const models::EchoMask& network, const Batch& batch) const;
    [[nodiscard]] at::Tensor lossScores(const models::EchoMask& network, const Batch& batch) const;

    EchoMaskSettings echo_;
    std::unique_ptr<const models::EchoMask> network_;
    TrainableTensors teacherTensors_;
    std::unique_ptr<const models::EchoMask> teacher_;
    std::vector<NamedTensor> buffers_;
};

} // namespace gesture::training
