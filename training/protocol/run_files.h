// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace gesture::training {

// Names below a run's folder (docs/formats.md).

inline constexpr std::string_view kRunConfigFile = "run.yaml";
inline constexpr std::string_view kRunLockFile = "lock";
inline constexpr std::string_view kLogFile = "log.jsonl";
inline constexpr std::string_view kFiguresFile = "figures.csv";
inline constexpr std::string_view kCheckpointFolder = "checkpoints";

/// Whether a process of this machine trains in the folder now: it holds the lock, which the system
/// takes from it when it ends, however it ends.
[[nodiscard]] bool isRunning(const std::filesystem::path& folder);

} // namespace gesture::training
