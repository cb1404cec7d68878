// SPDX-License-Identifier: Apache-2.0
#include "core/project/blob_store.h"
#include "core/project/project.h"
#include "core/project/project_check.h"
#include "core/project/project_file.h"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <limits>
#include <set>
#include <system_error>

namespace gesture::project {

namespace {

namespace fs = std::filesystem;

/// Calls visit with each row that can be read: from the table's begin to where it breaks off, then
/// from its end back to there. `ascending` and `descending` select the row's number first and take
/// a limit for it. True when nothing broke off.
bool scan(Database& database, const char* ascending, const char* descending,
          const std::function<void(const Statement&)>& visit) {
    std::int64_t last = -1;
    const auto read = [&](const char* sql, std::int64_t limit, bool note) {
        auto rows = database.prepare(sql);
        if (!rows) return false;
        rows->bind(1, limit);
        while (true) {
            const auto row = rows->step();
            if (!row) return false;
            if (!*row) return true;
            if (note) last = rows->integer(0);
            visit(*rows);
        }
    };
    if (read(ascending, std::numeric_limits<std::int64_t>::min(), true)) return true;
    read(descending, last, false);
    return false;
}

/// Drops what refers to contents that were lost, so that the rest makes a state.
void dropLost(ProjectState& state, BlobStore& blobs, SalvageReport& report) {
    std::set<ItemId> gone;
    std::erase_if(state.takes, [&](const Take& take) {
        if (blobs.info(take.motion)) return false;
        gone.insert(take.id);
        report.lost.push_back(fmt::format("Take '{}': its motion is damaged.", take.name));
        return true;
    });
    std::erase_if(state.analyses, [&](const auto& analysis) {
        return gone.contains(analysis.first) || !blobs.info(analysis.second.blob);
    });
    for (ItemId* id : {&state.choice.a, &state.choice.b})
        if (gone.contains(*id)) *id = {};
    for (auto& stretches : state.composition.values)
        std::erase_if(stretches, [&](const CompositionStretch& stretch) {
            return gone.contains(stretch.take);
        });
    if (!state.audio.embedded.empty() && !blobs.info(state.audio.embedded)) {
        state.audio.embedded.clear();
        report.lost.emplace_back("The sound inside the project is damaged.");
    }
}

/// Rows by what belongs together: a row that is damaged takes its family along.
std::string familyOf(const std::string& key) {
    for (const char* prefix : {"words/", "phones/", "transcript"})
        if (key.rfind(prefix, 0) == 0) return "transcript";
    return key;
}

/// The state that whole rows make. Each family is tried by itself first.
ProjectState stateOfWholeRows(const StateRows& rows, SalvageReport& report) {
    std::map<std::string, StateRows> families;
    for (const auto& [key, text] : rows)
        families[familyOf(key)].emplace(key, text);
    ProjectState state;
    const auto tryWith = [&](const StateRows& family) {
        StateBuilder builder(state);
        for (const auto& [key, text] : family)
            if (!builder.put(key, text)) return false;
        auto next = std::move(builder).finish();
        if (!next) return false;
        state = std::move(*next);
        return true;
    };
    std::vector<Take> takes;
    for (const auto& [name, family] : families) {
        const bool take = name.rfind("take/", 0) == 0;
        if (take || name == "takes") {
            // The list's order may be lost: takes come in the order of their numbers.
            StateRows withOrder = family;
            if (name == "takes") continue;
            withOrder["takes"] = fmt::format("{{\"ids\":[{}]}}", name.substr(5));
            const std::vector<Take> before = std::move(state.takes);
            state.takes.clear();
            const bool whole = tryWith(withOrder);
            std::vector<Take> all = before;
            all.insert(all.end(), state.takes.begin(), state.takes.end());
            state.takes = std::move(all);
            if (whole) continue;
        } else if (tryWith(family)) {
            continue;
        }
        report.lost.push_back(fmt::format("'{}' is damaged.", name));
    }
    std::sort(state.takes.begin(), state.takes.end(),
              [](const Take& a, const Take& b) { return a.id < b.id; });
    return state;
}

/// Copies contents whose chunks are all whole.
void copyContents(Database& from, BlobStore& to, SalvageReport& report, JobControl& control) {
    std::vector<BlobInfo> found;
    const bool whole = scan(from, "SELECT id, hash, kind FROM blob WHERE id > ?1 ORDER BY id",
                            "SELECT id, hash, kind FROM blob WHERE id > ?1 ORDER BY id DESC",
                            [&](const Statement& row) {
                                found.push_back({row.text(1), row.text(2), 0});
                            });
    if (!whole) report.lost.emplace_back("The list of contents is damaged.");
    BlobStore source(from);
    control.beginStage("Saving contents", static_cast<std::int64_t>(found.size()));
    for (const BlobInfo& blob : found) {
        if (control.stopRequested()) return;
        const auto copied = to.put(
            blob.kind,
            [&](const BlobStore::Sink& sink) { return source.visit(blob.hash, blob.kind, sink); },
            control);
        if (copied) ++report.contents;
        control.advanceTo(report.contents);
    }
}

} // namespace

Result<SalvageReport> salvageProject(const fs::path& from, const fs::path& to,
                                     JobControl& control) {
    if (Status known = identifyProject(from); !known) return std::move(known).error();
    auto damaged = openForReading(from, {});
    if (!damaged) return std::move(damaged).error();
    SalvageReport report;
    StateRows rows;
    const bool whole = scan(*damaged, "SELECT id, key, value FROM state WHERE id > ?1 ORDER BY id",
                            "SELECT id, key, value FROM state WHERE id > ?1 ORDER BY id DESC",
                            [&](const Statement& row) { rows.emplace(row.text(1), row.text(2)); });
    if (!whole) report.lost.emplace_back("Some rows of the state cannot be read.");
    if (rows.empty())
        return Error{
            ErrorCode::InvalidInput,
            fmt::format("Nothing of '{}' can be read; it was left as it is.", from.string())};
    auto saved = Project::create(to);
    if (!saved) return std::move(saved).error();
    copyContents(*damaged, saved->blobs(), report, control);
    ProjectState state = stateOfWholeRows(rows, report);
    dropLost(state, saved->blobs(), report);
    report.stateRows = static_cast<std::int64_t>(rows.size());
    report.takes = static_cast<std::int64_t>(state.takes.size());
    Status done = control.stopRequested() ? Status(JobControl::cancelled("Saving"))
                                          : saved->perform(RevertTo{state});
    for (const auto& [take, analysis] : state.analyses)
        if (done.ok()) done = saved->attachAnalysis(take, analysis);
    if (done.ok()) done = saved->setView(state.view);
    if (done.ok()) done = saved->compact(KeepHistory::No);
    if (done.ok()) done = saved->close();
    if (done.ok()) return report;
    std::error_code ignored;
    fs::remove(to, ignored);
    return std::move(done).error();
}

} // namespace gesture::project
