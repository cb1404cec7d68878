// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/motion/clip.h"

#include <filesystem>
#include <optional>
#include <string>

namespace gesture::io {

/// Reads a motion in BEAT2 layout, or in AMASS's (SMPL-H or SMPL-X), whose z points up and is
/// turned to y:
///   poses (T, 165) or (T, 55, 3), or SMPL-H's (T, 156) or (T, 52, 3), or (T, 159) without eyes;
///     what is missing is still; radians
///   trans (T, 3) metres, expressions (T, up to 100): zeros where they are absent
///   betas, 1-d of any length, (1, n) or (T, n), of which the first row counts; may be absent
///   mocap_frame_rate, mocap_framerate or fps: one number
///   gender, model, expression_space ("smplx", "arkit52"): texts, may be absent
/// Numbers of any type. Errors name the file, the array and what is wrong.
[[nodiscard]] Result<motion::Clip> readMotionFile(const std::filesystem::path& path);

/// Writes the BEAT2 layout (float32, betas filled up to 300), atomically, not compressed. Same
/// clip, same bytes. `expression_space` is written only when it is not "smplx"; `provenance` (a
/// line of JSON that says how the motion came to be) when there is one.
[[nodiscard]] Status writeMotionFile(const std::filesystem::path& path, const motion::Clip& clip,
                                     const std::string& provenance = {});

/// The `provenance` of such a file; empty when it has none. The reader's errors.
[[nodiscard]] Result<std::string> readMotionProvenance(const std::filesystem::path& path);

/// The exact rate that a decimal number stands for: whole numbers, n·1000/1001 for 23.976, 29.97,
/// …, else thousandths. Nothing outside [1, 1000].
[[nodiscard]] std::optional<FrameRate> frameRateFromNumber(double framesPerSecond);

} // namespace gesture::io
