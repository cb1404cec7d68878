// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/inference/generation.h"
#include "core/io/bundle/bundle.h"
#include "core/models/generation/motion_codec.h"
#include "core/models/generation/speech_features.h"
#include "core/models/generation/window_generator.h"

#include <memory>
#include <string>

namespace gesture::models {

/// A bundle whose networks are in memory. Immutable, shared between requests.
struct LoadedBundle {
    io::Bundle bundle;
    Placement placement;
    std::unique_ptr<const MotionCodec> codec;
    std::unique_ptr<const SpeechReader> reader;
    std::unique_ptr<const WindowGenerator> generator;
    inference::MotionFrames startPose; ///< Empty when the bundle has none.

    [[nodiscard]] static Result<std::shared_ptr<const LoadedBundle>>
    load(const std::filesystem::path& folder, Placement placement, JobControl& control);
};

/// Where to compute, and why there.
struct ChosenDevice {
    Placement placement;
    std::string id;     ///< "cpu", "cuda:0"
    std::string reason; ///< Empty when it was asked for by name.
};

/// "auto": the first CUDA device that works and has room, else the CPU, with the reason.
/// Unavailable when the device that was named cannot be used.
/// Half precision is for GPUs: on the CPU, where it would be slower, "auto" counts in single
/// precision, and "cpu" is refused (Usage).
[[nodiscard]] Result<ChosenDevice> chooseDevice(const inference::ComputeOptions& compute);

} // namespace gesture::models
