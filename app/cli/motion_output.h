// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/console.h"
#include "core/base/result.h"
#include "core/inference/generation.h"
#include "core/inference/results.h"
#include "core/motion/clip.h"

#include <filesystem>
#include <string>

namespace gesture::app {

/// Motion that a command made, on its way to a file.
struct MotionOutput {
    const inference::MotionFrames& frames; ///< At 30 fps.
    std::string provenance;                ///< One line of JSON.
    std::filesystem::path audio;           ///< For films; empty: no sound.
};

/// Whether a file of this name can be written: .npz, .mp4, .webm. Usage.
[[nodiscard]] Status checkMotionOutput(const std::filesystem::path& path);

/// Writes motion to the format that the name's end says.
[[nodiscard]] Status writeMotionOutput(const MotionOutput& motion,
                                       const std::filesystem::path& path, Console& console);

/// Frames of a clip as the engine takes them, at 30 fps. InvalidInput at other rates.
[[nodiscard]] Result<inference::MotionFrames> motionFrames(const motion::Clip& clip);
/// The first `count` frames; the last one is repeated where there are fewer.
[[nodiscard]] inference::MotionFrames seedFrames(const motion::Clip& clip, int count);

/// How a motion came to be, as one line of JSON: program, bundle, sound, options, device.
[[nodiscard]] std::string provenanceOf(const inference::GenerateRequest& request,
                                       const inference::RequestSummary& summary);

} // namespace gesture::app
