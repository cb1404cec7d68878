// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/engine_options.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/inference/engine_client.h"
#include "core/motion/clip.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace gesture::app {

/// Asks an engine for what the Fréchet distance compares. One thread.
class FeatureSource {
public:
    /// The bundle that was named, else the first installed one with a network for it. Errors only
    /// for a bundle that was named and cannot be used.
    [[nodiscard]] static Result<FeatureSource> open(const EngineArguments& arguments);

    /// Why there are no features; empty when there are.
    [[nodiscard]] const std::string& whyNot() const { return whyNot_; }

    /// (rows, 240) of a clip's first `frames` frames; nothing below 32 frames, and from the moment
    /// on when no engine can be used, which `whyNot` then says. The engine's other errors.
    [[nodiscard]] Result<std::vector<float>> read(const motion::Clip& clip, std::int64_t frames,
                                                  JobControl& control);

private:
    FeatureSource() = default;

    std::filesystem::path bundle_;
    inference::ComputeOptions compute_;
    std::string whyNot_;
    std::unique_ptr<inference::EngineClient> engine_;
};

} // namespace gesture::app
