// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/motion/clip.h"

#include <filesystem>

namespace gesture::io {

/// Reads a motion in BEAT2 layout (poses, trans, expressions, betas, gender, model, frame rate
/// under any of mocap_frame_rate, mocap_framerate, fps; optional expression_space). Poses may have
/// 156 (SMPL-H) or 165 columns; float32 or float64. Errors name the file, the key and what is
/// wrong.
[[nodiscard]] Result<motion::Clip> readMotionFile(const std::filesystem::path& path);

/// Writes the BEAT2 layout, atomically.
[[nodiscard]] Status writeMotionFile(const std::filesystem::path& path, const motion::Clip& clip);

} // namespace gesture::io
