// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/project/project_state.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::project {

// A state is kept as rows: a key ("audio", "take/3", "mask/hands/0", …) and JSON text. A command
// changes a few of them; what a row was before and what it is after is all that undo needs.

/// By key.
using StateRows = std::map<std::string, std::string>;

/// A row that a command changed; nothing: there was or is none.
struct RowChange {
    std::string key;
    std::optional<std::string> before;
    std::optional<std::string> after;

    bool operator==(const RowChange&) const = default;
};

/// Whether a row is no part of the history: views, analyses, the counter of ids.
[[nodiscard]] bool isOutsideHistory(std::string_view key);

/// All rows of a state. InvalidInput names what cannot be kept (see the limits of ProjectState).
[[nodiscard]] Result<StateRows> rowsOf(const ProjectState& state);

/// The rows in which two states differ, by key. Costs as much as differs. InvalidInput as above.
[[nodiscard]] Result<std::vector<RowChange>> changesBetween(const ProjectState& before,
                                                            const ProjectState& after);

/// SHA-256 over the rows that the history is about.
[[nodiscard]] Result<ContentHash> hashOf(const ProjectState& state);

/// Makes a state out of another one and changed rows, or out of all rows. Rows may come from
/// anybody. One thread.
class StateBuilder {
public:
    explicit StateBuilder(ProjectState base = {});
    StateBuilder(const StateBuilder&) = delete;
    StateBuilder& operator=(const StateBuilder&) = delete;
    ~StateBuilder();

    /// Takes a row as it is from now on, nothing: it is gone. Unknown keys are passed over.
    /// InvalidInput names the row.
    [[nodiscard]] Status put(const std::string& key, const std::optional<std::string>& text);
    /// InvalidInput when rows contradict each other.
    [[nodiscard]] Result<ProjectState> finish() &&;

private:
    struct Staged;

    Status putText(const std::string& key, std::string_view text);
    std::optional<Status> putTile(const std::string& key, std::string_view text);
    Status putTake(std::int64_t id, std::string_view text);
    void drop(const std::string& key);
    Status finishTranscript();
    Status finishMask();
    Status finishTakes();

    ProjectState state_;
    std::unique_ptr<Staged> staged_;
};

} // namespace gesture::project
