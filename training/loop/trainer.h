// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/loop/checkpoint.h"
#include "training/loop/figure_means.h"
#include "training/loop/rank_group.h"
#include "training/loop/run_log.h"
#include "training/loop/settings.h"
#include "training/loop/step_maker.h"
#include "training/loop/stop_requests.h"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace gesture::training {

/// What is trained, and on what.
struct TrainingJob {
    Stage* stage = nullptr;
    const BatchSource* training = nullptr;
    const BatchSource* heldOut = nullptr; ///< Null: nothing is measured.
    std::string stageName;
    std::string dataKey;
    std::string config;       ///< Complete, as YAML.
    std::string configFolder; ///< What its relative paths are relative to.
    at::Device device = at::kCPU;
};

/// Where a run leaves its traces; ranks other than the first leave none.
struct TrainingTraces {
    CheckpointFolder* checkpoints = nullptr;
    RunLog* log = nullptr;
    /// Gets every event, whether or not it could be written.
    std::function<void(const TrainingEvent&)> observe;
    /// Gets progress between events, on the trainer's thread.
    std::function<void(const Progress&)> progress;
};

/// Trains a stage to its end. A run depends on configuration and data alone: one that was
/// interrupted and goes on from a checkpoint ends with the same bytes on the processor. torch's
/// exceptions pass through; whoever calls catches them. One thread.
class Trainer {
public:
    /// All that the job and the traces point to outlives the trainer.
    Trainer(TrainingJob job, const LoopSettings& settings, RankGroup& group);

    [[nodiscard]] std::int64_t totalSteps() const { return frame_.totalSteps; }
    [[nodiscard]] std::int64_t parameterCount() const;
    /// Bytes that parameters, gradients, optimiser, slow copy and buffers take; what a step needs
    /// beside them shows only when it is made.
    [[nodiscard]] std::int64_t stateBytes() const;
    [[nodiscard]] const TrainingState& state() const { return state_; }

    /// Goes on from a checkpoint; by rank 0 alone. InvalidInput when it is one of other data or of
    /// another configuration.
    [[nodiscard]] Status restore(const OpenCheckpoint& checkpoint);

    /// Trains from where it stands. Cancelled after a stop was asked for and a checkpoint was
    /// written; other errors as they come. All ranks call it.
    [[nodiscard]] Status run(const TrainingTraces& traces, StopRequests& requests);

    /// Seconds that a step takes: makes a few steps and changes the networks by them.
    [[nodiscard]] Result<double> measure();

private:
    using Clock = std::chrono::steady_clock;
    struct Run;

    [[nodiscard]] std::vector<NamedTensor> kept() const;
    [[nodiscard]] Status shareStart();
    [[nodiscard]] Status train(Run& run);
    [[nodiscard]] Status afterStep(Run& run, const StepMaker::Outcome& outcome);
    [[nodiscard]] Result<bool> stopWanted(Run& run);
    [[nodiscard]] Status report(Run& run, double rate);
    void estimate(Run& run);
    [[nodiscard]] Status evaluate(Run& run);
    [[nodiscard]] Status writeCheckpoint(Run& run);
    [[nodiscard]] bool evaluationDue() const;
    [[nodiscard]] bool checkpointDue(const Run& run) const;
    [[nodiscard]] double secondsLeft(const Run& run) const;
    template <typename What>
    void tell(Run& run, What what) const;

    TrainingJob job_;
    LoopSettings settings_;
    RankGroup& group_;
    StepMaker::Frame frame_;
    StepMaker maker_;
    TrainingState state_;
};

} // namespace gesture::training
