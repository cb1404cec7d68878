// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/networks/semtalk_sparse.h"
#include "training/stages/generator_stage.h"

#include <memory>

namespace gesture::training {

struct SemTalkSparseSettings : GeneratorSettings {
    /// Reproduces the published gate loss, which counts in the second pass alone.
    bool publishedGate = false;
    /// Semantic scores up to this one count as none.
    double scoreFloor = 0.1;
    /// The mean score that weighs 1 in code and latent errors; the originals take 1.
    double scoreScale = 1.0;
    /// Share of windows whose words are withheld, so that the gate works without a transcript.
    double wordDrop = 0.0;
};

/// Trains SemTalk's sparse network (`semtalk_sparse_trainer.py`; its base network has no effect on
/// any loss and is not evaluated). Batches: "motion", "speaker", "speech", "words", "score", codes;
/// "sentence" unless it is made of words; with their flag "posteriors", and "events" where known.
class SemTalkSparseStage final : public GeneratorStage {
public:
    SemTalkSparseStage(SemTalkSparseSettings settings, Codebooks codebooks,
                       const StageBasics& basics);

    [[nodiscard]] Result<Figures> evaluate(const BatchSource& heldOut,
                                           JobControl& control) override;
    [[nodiscard]] std::vector<ExportedNetwork> networks() const override;

    [[nodiscard]] at::Tensor passLoss(const Batch& batch, MaskPass which, const at::Tensor& mask,
                                      FigureSheet& sheet) override;

private:
    enum class Words { Given, Withheld };
    [[nodiscard]] models::SemTalkSparse::Output run(const Batch& batch, const at::Tensor& mask,
                                                    models::SpeechHints hints, models::Pass pass,
                                                    Words words = Words::Given) const;
    /// (batch, tokens): mean score of each token's frames.
    [[nodiscard]] at::Tensor scores(const Batch& batch) const;
    [[nodiscard]] bool gateCounts(MaskPass which) const;

    SemTalkSparseSettings sparse_;
    std::unique_ptr<const models::SemTalkSparse> network_;
};

} // namespace gesture::training
