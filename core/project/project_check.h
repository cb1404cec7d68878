// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace gesture::project {

/// What a look at a whole file found.
struct ProjectReport {
    std::vector<std::string> problems; ///< Sentences; empty: the project is whole.
    std::int64_t version = 0;          ///< Of its tables.
    std::int64_t stateRows = 0;
    std::int64_t steps = 0; ///< Of the history.
    std::int64_t contents = 0;
    std::uint64_t contentBytes = 0;

    [[nodiscard]] bool whole() const { return problems.empty(); }
};

/// Reads everything: the data base's own check, all rows, every content against its hash, that what
/// the state names is there, and that the history leads where the state is. Changes nothing.
/// NotFound, InvalidInput when it is no project at all; Cancelled.
[[nodiscard]] Result<ProjectReport> checkProject(const std::filesystem::path& path,
                                                 JobControl& control);

/// What was saved of a damaged project.
struct SalvageReport {
    std::int64_t stateRows = 0;
    std::int64_t contents = 0;
    std::int64_t takes = 0;
    std::vector<std::string> lost; ///< Sentences.
};

/// Saves what can be read of a damaged project into a new file: rows and contents that are whole,
/// and the state that they make; the history stays behind. The damaged file is not changed. Io when
/// there is a file `to`; InvalidInput when nothing could be read; Cancelled.
[[nodiscard]] Result<SalvageReport> salvageProject(const std::filesystem::path& from,
                                                   const std::filesystem::path& to,
                                                   JobControl& control);

} // namespace gesture::project
