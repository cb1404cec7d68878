// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "training/config/config_reader.h"
#include "training/loop/stage.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace gesture::training {

struct StageRequest {
    ConfigReader& config;
    std::filesystem::path configFolder;
    at::Device device;
};

/// A stage by the config's key `stage`, with its training and held-out data. Reads its own
/// sections.
struct StageSetup {
    std::unique_ptr<Stage> stage;
    std::unique_ptr<BatchSource> training;
    std::unique_ptr<BatchSource> heldOut;
    std::string dataKey;
};
[[nodiscard]] Result<StageSetup> makeStage(const StageRequest& request, JobControl& control);
[[nodiscard]] std::vector<std::string> stageNames();

} // namespace gesture::training
