// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/database.h"
#include "core/project/state_rows.h"

#include <filesystem>
#include <string>

namespace gesture::project {

// What opening, checking and salvaging a project's file have in common.

/// Whether a file begins as a project does, by its bytes alone. NotFound, Io, InvalidInput with a
/// sentence that says what it is instead.
[[nodiscard]] Status identifyProject(const std::filesystem::path& path);

/// Opens a file that will not be changed, wherever it lies: where SQLite cannot set up its own
/// files beside it, as it is, or, if the last session was not closed, as a copy.
[[nodiscard]] Result<Database> openForReading(const std::filesystem::path& path,
                                              const std::string& vfs);

/// Rows of the state, in the order of their numbers. LimitExceeded beyond kMaxStateBytes.
[[nodiscard]] Result<StateRows> readStateRows(Database& database);
inline constexpr std::size_t kMaxStateBytes = std::size_t{512} << 20;

/// The state that rows say. InvalidInput names the damaged one.
[[nodiscard]] Result<ProjectState> stateFrom(const StateRows& rows);

/// A text of the table `meta`; `fallback` when it is not there.
[[nodiscard]] Result<std::string> readMeta(Database& database, std::string_view key,
                                           const std::string& fallback);
[[nodiscard]] Status writeMeta(Database& database, std::string_view key, std::string_view value);

/// Writes a row of the state, or removes it.
[[nodiscard]] Status writeStateRow(Database& database, const std::string& key,
                                   const std::optional<std::string>& value);

/// Step up to which the history is done; 0: none of it.
inline constexpr std::string_view kPositionKey = "position";
/// Changes with the end of each drag.
inline constexpr std::string_view kGestureEndKey = "gesture-end";
/// Lowest version of the tables whose programs can show the project.
inline constexpr std::string_view kReadableByKey = "readable-by";

} // namespace gesture::project
