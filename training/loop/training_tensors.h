// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/loop/adam.h"
#include "training/loop/checkpoint.h"
#include "training/loop/parameter_average.h"
#include "training/loop/stage.h"

#include <vector>

namespace gesture::training {

/// Everything that a run of a stage has to keep, under the names that checkpoints use:
/// "parameters/…", "buffers/…", "optimiser/…" and, where a slow copy is kept, "average/…".
[[nodiscard]] std::vector<NamedTensor> tensorsToKeep(const Stage& stage, const Adam& adam,
                                                     const ParameterAverage* average);

/// Overwrites those tensors with a checkpoint's. InvalidInput names the first that does not fit:
/// the checkpoint is one of another configuration.
[[nodiscard]] Status restoreTensors(const OpenCheckpoint& checkpoint,
                                    const std::vector<NamedTensor>& tensors);

/// Overwrites a stage's parameters and buffers with a checkpoint's, to use the networks: the
/// parameters' slow copy where there is one.
[[nodiscard]] Status restoreNetworks(const OpenCheckpoint& checkpoint, const Stage& stage);

} // namespace gesture::training
