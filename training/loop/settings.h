// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/config/config_reader.h"
#include "training/loop/adam.h"
#include "training/loop/schedule.h"

#include <cstdint>
#include <string>

namespace gesture::training {

/// In which numbers networks compute on a GPU.
enum class Precision { Full, Half, BFloat16 };

/// What the loop is told by a configuration. Value type.
struct LoopSettings {
    std::uint64_t seed = 2021;
    std::string device;       ///< "auto", "cpu", "cuda", "cuda:N"
    std::int64_t threads = 0; ///< Of the processor; 0: as many as torch takes.
    bool deterministic = false;
    /// By torch's fused kernels, or step by step: slower, with gradients that hold for large scores.
    bool fusedAttention = true;
    Precision precision = Precision::Full;

    std::int64_t steps = 0; ///< 0: by epochs.
    std::int64_t epochs = 100;

    Adam::Options adam;
    double clip = 0.0; ///< Longest gradient; 0: any.
    std::int64_t skip = 0; ///< Steps in a row that may be left out for their gradients.
    Schedule schedule;
    double average = 0.0; ///< Decay of the parameters' slow copy; 0: none.

    std::int64_t logEvery = 10;       ///< Steps.
    std::int64_t evaluateEvery = 0;   ///< Steps; 0: by epochs.
    std::int64_t evaluateEpochs = 5;  ///< 0: only at the end.
    std::int64_t checkpointEvery = 0; ///< Steps; 0: by time alone.
    double checkpointMinutes = 5.0;   ///< 0: by steps alone.
    std::int64_t checkpointsKept = 3; ///< Beside the best.
    std::int64_t batchesAhead = 3;

    [[nodiscard]] std::int64_t totalSteps(std::int64_t stepsPerEpoch) const;
};

/// Asks for the loop's keys: seed, device, threads, deterministic, precision, steps, epochs,
/// average and the sections optimiser, schedule, log, evaluation, checkpoints.
[[nodiscard]] LoopSettings readLoopSettings(ConfigReader& config);

} // namespace gesture::training
