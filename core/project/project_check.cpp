// SPDX-License-Identifier: Apache-2.0
#include "core/project/project_check.h"

#include "core/project/blob_store.h"
#include "core/project/history.h"
#include "core/project/project_file.h"
#include "core/project/schema.h"

#include <fmt/format.h>

namespace gesture::project {

namespace {

constexpr std::size_t kMaxProblems = 100;

/// Collects what is wrong, up to a number that people still read.
class Problems {
public:
    explicit Problems(std::vector<std::string>& list)
        : list_(list) {}
    void add(std::string sentence) {
        if (list_.size() < kMaxProblems) list_.push_back(std::move(sentence));
    }
    void add(const Status& status) {
        if (!status) add(status.error().message());
    }

private:
    std::vector<std::string>& list_;
};

void checkPages(Database& database, Problems& problems) {
    auto rows = database.prepare("PRAGMA integrity_check(100)");
    if (!rows) return problems.add(rows.error().message());
    while (true) {
        const auto row = rows->step();
        if (!row) return problems.add(row.error().message());
        if (!*row) return;
        const std::string text = rows->text(0);
        if (text != "ok") problems.add(fmt::format("The file's pages: {}.", text));
    }
}

void checkContents(BlobStore& blobs, ProjectReport& report, Problems& problems,
                   JobControl& control) {
    const auto all = blobs.all();
    if (!all) return problems.add(all.error().message());
    control.beginStage("Checking contents", static_cast<std::int64_t>(all->size()));
    for (const BlobInfo& blob : *all) {
        if (control.stopRequested()) return;
        problems.add(
            blobs.visit(blob.hash, blob.kind, [](BlobStore::Chunk) { return Status::success(); }));
        control.advanceTo(++report.contents);
        report.contentBytes += blob.bytes;
    }
}

void checkReferences(BlobStore& blobs, const ProjectState& state, Problems& problems) {
    const auto check = [&](const ContentHash& hash, const std::string& whose) {
        if (!hash.empty() && !blobs.info(hash))
            problems.add(fmt::format("{} is not in the file.", whose));
    };
    for (const Take& take : state.takes)
        check(take.motion, fmt::format("The motion of take '{}'", take.name));
    for (const auto& [id, analysis] : state.analyses)
        check(analysis.blob, fmt::format("The analysis of take {}", id.value));
    check(state.audio.embedded, "The sound");
}

/// Goes through the history from the state backwards, then forwards: rows must be what the steps
/// say that they were.
void checkHistory(History& history, const StateRows& rows, ProjectReport& report,
                  Problems& problems) {
    if (const Status loaded = history.load(); !loaded) return problems.add(loaded);
    const auto entries = history.all();
    if (!entries) return problems.add(entries.error().message());
    report.steps = static_cast<std::int64_t>(entries->size());
    StateRows past = rows;
    const auto follow = [&](StateRows& at, std::int64_t number, bool back) {
        const auto changes = history.changesOf(number);
        if (!changes) return problems.add(changes.error().message()), false;
        for (const RowChange& change : *changes) {
            const auto& from = back ? change.after : change.before;
            const auto& to = back ? change.before : change.after;
            const auto found = at.find(change.key);
            // The choice of takes also changes outside of the history.
            const bool fits = change.key == "choice" ||
                              (found == at.end() ? !from : from && *from == found->second);
            if (!fits) {
                problems.add(fmt::format("Step {} of the history does not fit to row '{}'.", number,
                                         change.key));
                return false;
            }
            if (found != at.end()) at.erase(found);
            if (to) at.emplace(change.key, *to);
        }
        return true;
    };
    for (auto entry = entries->rbegin(); entry != entries->rend(); ++entry)
        if (entry->number <= history.position() && !follow(past, entry->number, true)) return;
    StateRows future = rows;
    for (const HistoryEntry& entry : *entries)
        if (entry.number > history.position() && !follow(future, entry.number, false)) return;
}

} // namespace

Result<ProjectReport> checkProject(const std::filesystem::path& path, JobControl& control) {
    if (Status known = identifyProject(path); !known) return std::move(known).error();
    auto database = openForReading(path, {});
    if (!database) return std::move(database).error();
    ProjectReport report;
    Problems problems(report.problems);
    database->setStopCheck([&] { return control.stopRequested(); });
    if (const auto version = database->integer("PRAGMA user_version")) report.version = *version;
    problems.add(checkTables(*database));
    checkPages(*database, problems);
    BlobStore blobs(*database);
    if (const auto rows = readStateRows(*database); rows) {
        report.stateRows = static_cast<std::int64_t>(rows->size());
        const auto state = stateFrom(*rows);
        if (state)
            checkReferences(blobs, *state, problems);
        else
            problems.add(state.error().message());
        History history(*database);
        checkHistory(history, *rows, report, problems);
    } else {
        problems.add(rows.error().message());
    }
    checkContents(blobs, report, problems, control);
    if (control.stopRequested()) return JobControl::cancelled("Checking");
    return report;
}

} // namespace gesture::project
