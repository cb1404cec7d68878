// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::training {

/// How a run stands.
enum class RunState { Running, Finished, Stopped, Failed, Ended, Empty };
/// "running", "finished", "stopped", "failed", "ended" (without a word: killed), "empty".
[[nodiscard]] std::string_view nameOf(RunState state);

/// What a run's folder says of it. Value type.
struct RunSummary {
    std::filesystem::path folder;
    RunState state = RunState::Empty;
    std::string stage;
    std::int64_t step = 0;
    std::int64_t totalSteps = 0;
    std::optional<double> best; ///< Lowest of the selecting figure among the checkpoints.
    double time = 0.0;          ///< Of the last event, seconds since 1970.
};

/// Reads a run's records, which may be cut off or damaged. Blocks while the log is read.
[[nodiscard]] RunSummary summariseRun(const std::filesystem::path& folder);

/// The runs in a folder (or the folder itself, when it is one), sorted by name.
[[nodiscard]] std::vector<RunSummary> listRuns(const std::filesystem::path& folder);

} // namespace gesture::training
