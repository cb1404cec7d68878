// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/database.h"
#include "core/project/project.h"
#include "core/project/state_rows.h"

#include <optional>
#include <string>
#include <vector>

namespace gesture::project {

/// What a new step is.
struct Step {
    std::string kind;
    std::string target;
    std::string name;
    std::int64_t gesture = 0;
};

/// The steps of a project in its file: numbered from 1; those up to `position` are done, the others
/// undone. Writes belong to the caller's transaction: after a rollback call `load`. One thread.
class History {
public:
    explicit History(Database& database)
        : database_(&database) {}

    /// Errors as Database.
    [[nodiscard]] Status load();

    [[nodiscard]] std::int64_t position() const { return position_; }
    [[nodiscard]] const std::optional<HistoryEntry>& undoEntry() const { return undo_; }
    [[nodiscard]] const std::optional<HistoryEntry>& redoEntry() const { return redo_; }

    /// Adds a step after the position, or adds to the one there when it is of the same gesture,
    /// kind and target; what was undone is gone.
    [[nodiscard]] Status add(const Step& step, const std::vector<RowChange>& changes);
    [[nodiscard]] Status moveTo(std::int64_t position);
    [[nodiscard]] Result<std::vector<RowChange>> changesOf(std::int64_t entry);
    [[nodiscard]] Result<std::vector<HistoryEntry>> all();
    [[nodiscard]] Status forget();

private:
    [[nodiscard]] Result<bool> merges(const Step& step);
    [[nodiscard]] Status dropIfNothing(std::int64_t entry);
    [[nodiscard]] Status remove(std::int64_t first);
    [[nodiscard]] Result<std::optional<HistoryEntry>> read(std::int64_t number);

    Database* database_;
    std::int64_t position_ = 0;
    std::optional<HistoryEntry> undo_;
    std::optional<HistoryEntry> redo_;
};

} // namespace gesture::project
