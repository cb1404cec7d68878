// SPDX-License-Identifier: Apache-2.0
#include "training/commands/training_setup.h"

#include "training/loop/device_state.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <algorithm>

namespace gesture::training {

namespace {

/// Names the stages when the configuration has none of them.
Status checkStageName(const std::string& name) {
    const std::vector<std::string> names = stageNames();
    if (std::find(names.begin(), names.end(), name) != names.end()) return Status::success();
    std::string known;
    for (const std::string& one : names)
        known += (known.empty() ? "" : ", ") + one;
    return Error{ErrorCode::InvalidInput,
                 fmt::format("The configuration's 'stage' must be one of {}, not '{}'.", known,
                             name)};
}

} // namespace

TrainingJob TrainingSetup::job() const {
    return {parts.stage.get(),     parts.training.get(),
            parts.heldOut.get(),   stageName,
            parts.dataKey,         config,
            configFolder.string(), device};
}

Result<TrainingSetup> setUpTraining(ConfigReader config, const std::filesystem::path& configFolder,
                                    const SetupOptions& options, JobControl& control) {
    const std::string stageName = config.text("stage", "");
    if (auto known = checkStageName(stageName); !known) return std::move(known).error();
    LoopSettings settings = readLoopSettings(config);
    if (!options.device.empty()) settings.device = options.device;
    if (options.threads > 0) settings.threads = options.threads;
    if (settings.threads > 0) at::set_num_threads(static_cast<int>(settings.threads));
    const auto device = chooseDevice(settings.device, options.localRank);
    if (!device) return device.error();
    if (settings.deterministic) demandDeterminism();
    at::globalContext().setSDPUseFlash(settings.fusedAttention);
    // Initial weights are random, too.
    seedGenerators(settings.seed, -1, 0);
    auto parts = makeStage({config, configFolder, *device}, control);
    // A mistake in the configuration explains more than what followed from it.
    if (auto read = config.finish(); !read) return std::move(read).error();
    if (!parts) return std::move(parts).error();
    if (parts->training->stepsPerEpoch() < 1)
        return Error{ErrorCode::InvalidInput, "The data does not fill a single batch: make the "
                                              "batch smaller or give more data."};
    return TrainingSetup{settings,          std::move(*parts), stageName,
                         config.complete(), configFolder,      *device};
}

Result<TrainingSetup> openTraining(const std::filesystem::path& path, const SetupOptions& options,
                                   JobControl& control) {
    auto config = ConfigReader::open(path);
    if (!config) return std::move(config).error();
    std::error_code ignored;
    const auto absolute = std::filesystem::absolute(path, ignored);
    return setUpTraining(std::move(*config), absolute.parent_path(), options, control);
}

} // namespace gesture::training
