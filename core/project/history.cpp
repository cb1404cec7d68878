// SPDX-License-Identifier: Apache-2.0
#include "core/project/history.h"

#include "core/project/project_file.h"

#include <charconv>
#include <chrono>
#include <fmt/format.h>

namespace gesture::project {

namespace {

std::int64_t secondsNow() {
    using namespace std::chrono;
    return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace

Status History::load() {
    const auto text = readMeta(*database_, kPositionKey, "0");
    if (!text) return text.error();
    std::int64_t position = 0;
    const auto [end, code] = std::from_chars(text->data(), text->data() + text->size(), position);
    if (code != std::errc() || end != text->data() + text->size() || position < 0)
        return Error{ErrorCode::InvalidInput, "The project's history is damaged."};
    position_ = position;
    auto undo = read(position_);
    if (!undo) return std::move(undo).error();
    undo_ = std::move(*undo);
    auto redo = read(position_ + 1);
    if (!redo) return std::move(redo).error();
    redo_ = std::move(*redo);
    return Status::success();
}

Result<std::optional<HistoryEntry>> History::read(std::int64_t number) {
    auto rows = database_->prepare("SELECT kind, name, time FROM entry WHERE id = ?1");
    if (!rows) return std::move(rows).error();
    rows->bind(1, number);
    const auto row = rows->step();
    if (!row) return row.error();
    if (!*row) return std::optional<HistoryEntry>();
    return std::optional<HistoryEntry>({number, rows->text(0), rows->text(1), rows->integer(2)});
}

Result<bool> History::merges(const Step& step) {
    if (step.gesture == 0 || redo_) return false;
    auto rows = database_->prepare(
        "SELECT 1 FROM entry WHERE id = ?1 AND kind = ?2 AND target = ?3 AND gesture = ?4");
    if (!rows) return std::move(rows).error();
    rows->bind(1, position_)
        .bind(2, std::string_view(step.kind))
        .bind(3, std::string_view(step.target))
        .bind(4, step.gesture);
    return rows->step();
}

Status History::remove(std::int64_t first) {
    for (const char* sql :
         {"DELETE FROM change WHERE entry >= ?1", "DELETE FROM entry WHERE id >= ?1"}) {
        auto statement = database_->prepare(sql);
        if (!statement) return std::move(statement).error();
        if (Status done = statement->bind(1, first).run(); !done) return done;
    }
    return Status::success();
}

Status History::dropIfNothing(std::int64_t entry) {
    {
        auto rows = database_->prepare(
            "SELECT 1 FROM change WHERE entry = ?1 AND before IS NOT after LIMIT 1");
        if (!rows) return std::move(rows).error();
        rows->bind(1, entry);
        const auto row = rows->step();
        if (!row) return row.error();
        if (*row) return Status::success();
    }
    if (Status done = remove(entry); !done) return done;
    return moveTo(entry - 1);
}

Status History::add(const Step& step, const std::vector<RowChange>& changes) {
    const auto merging = merges(step);
    if (!merging) return merging.error();
    const std::int64_t entry = *merging ? position_ : position_ + 1;
    if (!*merging) {
        if (redo_)
            if (Status done = remove(entry); !done) return done;
        auto insert = database_->prepare("INSERT INTO entry (id, kind, target, gesture, name, "
                                         "time) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        if (!insert) return std::move(insert).error();
        insert->bind(1, entry)
            .bind(2, std::string_view(step.kind))
            .bind(3, std::string_view(step.target))
            .bind(4, step.gesture)
            .bind(5, std::string_view(step.name))
            .bind(6, secondsNow());
        if (Status done = insert->run(); !done) return done;
    }
    for (const RowChange& change : changes) {
        if (isOutsideHistory(change.key)) continue;
        auto insert = database_->prepare(
            "INSERT INTO change (entry, key, before, after) VALUES (?1, ?2, ?3, ?4) "
            "ON CONFLICT (entry, key) DO UPDATE SET after = excluded.after");
        if (!insert) return std::move(insert).error();
        insert->bind(1, entry)
            .bind(2, std::string_view(change.key))
            .bind(3, change.before)
            .bind(4, change.after);
        if (Status done = insert->run(); !done) return done;
    }
    if (Status done = moveTo(entry); !done) return done;
    return *merging ? dropIfNothing(entry) : Status::success();
}

Status History::moveTo(std::int64_t position) {
    if (Status done = writeMeta(*database_, kPositionKey, std::to_string(position)); !done)
        return done;
    return load();
}

Result<std::vector<RowChange>> History::changesOf(std::int64_t entry) {
    auto rows =
        database_->prepare("SELECT key, before, after FROM change WHERE entry = ?1 ORDER BY key");
    if (!rows) return std::move(rows).error();
    rows->bind(1, entry);
    std::vector<RowChange> changes;
    std::size_t bytes = 0;
    while (true) {
        const auto row = rows->step();
        if (!row) return row.error();
        if (!*row) return changes;
        changes.push_back({rows->text(0), rows->optionalText(1), rows->optionalText(2)});
        bytes +=
            changes.back().before.value_or("").size() + changes.back().after.value_or("").size();
        if (bytes > kMaxStateBytes)
            return Error{ErrorCode::LimitExceeded,
                         "A step of the history is larger than this program reads."};
    }
}

Result<std::vector<HistoryEntry>> History::all() {
    auto rows = database_->prepare("SELECT id, kind, name, time FROM entry ORDER BY id");
    if (!rows) return std::move(rows).error();
    std::vector<HistoryEntry> entries;
    while (true) {
        const auto row = rows->step();
        if (!row) return row.error();
        if (!*row) return entries;
        entries.push_back({rows->integer(0), rows->text(1), rows->text(2), rows->integer(3)});
    }
}

Status History::forget() {
    if (Status done = remove(0); !done) return done;
    return moveTo(0);
}

} // namespace gesture::project
