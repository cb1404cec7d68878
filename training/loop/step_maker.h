// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/loop/adam.h"
#include "training/loop/loss_scale.h"
#include "training/loop/parameter_average.h"
#include "training/loop/rank_group.h"
#include "training/loop/settings.h"
#include "training/loop/stage.h"

#include <memory>
#include <vector>

namespace gesture::training {

/// Computes the steps of a stage: gradients, their mean over ranks, their length, the optimiser.
/// One thread.
class StepMaker {
public:
    /// What is fixed for a run; all of it outlives the maker.
    struct Frame {
        Stage* stage = nullptr;
        RankGroup* group = nullptr;
        at::Device device = at::kCPU;
        std::int64_t stepsPerEpoch = 1;
        std::int64_t totalSteps = 1;
    };
    StepMaker(const Frame& frame, const LoopSettings& settings);

    struct Outcome {
        Figures figures;
        double rate = 0.0;
        bool skipped = false; ///< Gradients were no numbers; the parameters did not move.
    };
    /// Step `step` (from 0). InvalidInput when the loss is not finite, or gradients were not in more
    /// steps in a row than the settings allow: the message names step and parameter, and the
    /// parameters have not moved. Unavailable when a rank is gone.
    [[nodiscard]] Result<Outcome> make(const Batch& batch, std::int64_t step, LossScale& scale);

    [[nodiscard]] const Adam& adam() const { return adam_; }
    /// Null where none is kept.
    [[nodiscard]] ParameterAverage* average() const { return average_.get(); }

private:
    [[nodiscard]] Batch moved(const Batch& batch) const;
    [[nodiscard]] Status shareLoss(Figures& figures) const;
    [[nodiscard]] Status shareBuffers(std::int64_t step) const;
    [[nodiscard]] Status notFinite(std::int64_t step, bool lossIsFinite) const;

    Frame frame_;
    LoopSettings settings_;
    Adam adam_;
    std::unique_ptr<ParameterAverage> average_;
    std::int64_t skipped_ = 0; ///< Steps in a row.
};

} // namespace gesture::training
