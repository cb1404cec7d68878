// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "training/config/config_reader.h"
#include "training/loop/batch.h"
#include "training/loop/stage.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace gesture::training {

/// What a stage is made of. `configFolder` is where relative paths of the configuration begin.
struct StageRequest {
    ConfigReader& config;
    std::filesystem::path configFolder;
    at::Device device;
};

/// A stage with its data. `dataKey` identifies what it learns from: the store, the tokenizers.
struct StageSetup {
    std::unique_ptr<Stage> stage;
    std::unique_ptr<BatchSource> training;
    std::unique_ptr<BatchSource> heldOut;
    std::string dataKey;
};

/// Makes the stage that the configuration's key `stage` names. Reads the keys of the stage and of
/// its data (`data`, `network`, `weights`, …); those of the loop stay with the loop, which also
/// looks at `finish()`. Blocks while codes are made. The configuration's first error; the errors of
/// store and bundles; Cancelled.
[[nodiscard]] Result<StageSetup> makeStage(const StageRequest& request, JobControl& control);

/// tokenizer, global_motion, motion_features, speech_encoder, semtalk_base, semtalk_sparse,
/// echomask.
[[nodiscard]] std::vector<std::string> stageNames();

} // namespace gesture::training
