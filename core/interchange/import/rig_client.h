// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/interchange/scene.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>

namespace gesture::interchange {

inline constexpr std::size_t kMaxRigBytes = std::size_t{1} << 30;

/// How the importer is run.
struct RigOptions {
    std::chrono::milliseconds timeLimit{0}; ///< 0: a minute, and a second for each MB.
    std::filesystem::path program;          ///< Empty: gesture-import-rig beside this program.
};

/// Whether a name is one of a character file that can be read: .fbx, .glb, .gltf, .dae.
[[nodiscard]] bool isRigName(const std::filesystem::path& path);

/// Reads a rigged character of others: bones in their bind pose, meshes, materials; metres, axes as
/// in the file, without its animations. The file is read by gesture-import-rig, a child process
/// that can do nothing but read it and hand over the result, which is checked again. Blocks; asks
/// `control` every 50 ms. Errors name the file: Usage for other names, Unavailable when the child
/// cannot run or takes too long, NotFound, InvalidInput, LimitExceeded, Cancelled.
[[nodiscard]] Result<Scene> readRigFile(const std::filesystem::path& path,
                                        const RigOptions& options, JobControl& control);

/// The line with which the child says why there is no scene, and its reading by the parent, which
/// does not trust it. Messages begin with a capital letter and speak of "it", the file.
[[nodiscard]] std::string rigFailureLine(const Error& error);
[[nodiscard]] Error parseRigFailure(std::string_view line);

} // namespace gesture::interchange
