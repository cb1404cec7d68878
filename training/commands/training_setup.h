// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/loop/settings.h"
#include "training/loop/trainer.h"
#include "training/stages/registry.h"

#include <filesystem>
#include <string>

namespace gesture::training {

/// What the command line says beside the configuration; what is empty or 0 follows it.
struct SetupOptions {
    std::string device;
    std::int64_t threads = 0;
    int localRank = 0;
};

/// A configuration made ready: the stage with its data on its device.
struct TrainingSetup {
    LoopSettings settings;
    StageSetup parts;
    std::string stageName;
    std::string config; ///< Complete, as YAML.
    std::filesystem::path configFolder;
    at::Device device = at::kCPU;

    /// Points into this setup.
    [[nodiscard]] TrainingJob job() const;
};

/// Reads a configuration to its end, so that what is wrong in it is told before anything is
/// computed. InvalidInput, Unavailable, whatever the data's readers say; Cancelled.
[[nodiscard]] Result<TrainingSetup> setUpTraining(ConfigReader config,
                                                  const std::filesystem::path& configFolder,
                                                  const SetupOptions& options, JobControl& control);
[[nodiscard]] Result<TrainingSetup> openTraining(const std::filesystem::path& config,
                                                 const SetupOptions& options, JobControl& control);

} // namespace gesture::training
