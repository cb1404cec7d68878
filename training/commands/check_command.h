// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/commands/training_setup.h"

namespace gesture::training {

/// How far a check goes and how it is told.
struct CheckStyle {
    bool json = false;  ///< One line of JSON.
    bool quick = false; ///< No steps: neither time nor memory of steps is known.
};

/// Reads a configuration, opens its data, builds the stage, makes a few steps and prints what a run
/// would be: steps, parameters, memory, time. Writes nothing.
[[nodiscard]] Status checkTraining(const std::filesystem::path& config, const SetupOptions& options,
                                   const CheckStyle& style = {});

} // namespace gesture::training
