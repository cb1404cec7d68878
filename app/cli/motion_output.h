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
    /// The motion that was edited, whose shape of body and face is kept; null: none.
    const motion::Clip* like = nullptr;
};

/// Whether a file of this name can be written: a film, or what `gesture export` writes. Usage.
[[nodiscard]] Status checkMotionOutput(const std::filesystem::path& path);

/// Writes motion to the format that the name's end says.
[[nodiscard]] Status writeMotionOutput(const MotionOutput& motion,
                                       const std::filesystem::path& path, Console& console);

} // namespace gesture::app
