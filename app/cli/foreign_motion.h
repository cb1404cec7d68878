// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/interchange/retarget/bone_map.h"
#include "core/interchange/scene.h"
#include "core/motion/clip.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace gesture::app {

/// How the motion of another program is to be understood.
struct ForeignMotionOptions {
    std::string map;                       ///< Bone map; empty: guessed.
    double metresPerUnit = 0;              ///< 0: guessed.
    std::optional<std::int64_t> restFrame; ///< See `MotionImportOptions`.
};

/// The bone map in a file, or a guess when `path` is empty. Errors name the file.
[[nodiscard]] Result<interchange::BoneMap>
readOrGuessBoneMap(const std::string& path, const std::vector<interchange::SceneJoint>& joints);

/// A motion of any file there is a reader for: .npz, .bvh, or the chosen take of a .gesture
/// project. Usage for other names.
[[nodiscard]] Result<motion::Clip> readAnyMotion(const std::filesystem::path& path,
                                                 const ForeignMotionOptions& options,
                                                 JobControl& control);

} // namespace gesture::app
