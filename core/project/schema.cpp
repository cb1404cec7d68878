// SPDX-License-Identifier: Apache-2.0
#include "core/project/schema.h"

#include <fmt/format.h>
#include <set>

namespace gesture::project {

namespace {

// docs/formats.md describes the tables. Ids are row ids, so that a damaged file can be read from
// both of its ends.
constexpr const char* kTables = R"sql(
CREATE TABLE meta (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL);
CREATE TABLE writer (id INTEGER PRIMARY KEY CHECK (id = 1), pid INTEGER NOT NULL,
    started TEXT NOT NULL, host TEXT NOT NULL, boot TEXT NOT NULL, program TEXT NOT NULL);
CREATE TABLE state (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL);
CREATE TABLE entry (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, target TEXT NOT NULL,
    gesture INTEGER NOT NULL, name TEXT NOT NULL, time INTEGER NOT NULL);
CREATE TABLE change (id INTEGER PRIMARY KEY, entry INTEGER NOT NULL, key TEXT NOT NULL,
    before TEXT, after TEXT);
CREATE UNIQUE INDEX change_place ON change (entry, key);
CREATE TABLE blob (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    bytes INTEGER NOT NULL);
CREATE TABLE chunk (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE,
    data BLOB NOT NULL CHECK (length(data) <= 1048576));
CREATE TABLE blob_chunk (id INTEGER PRIMARY KEY, blob INTEGER NOT NULL, position INTEGER NOT NULL,
    chunk INTEGER NOT NULL);
CREATE UNIQUE INDEX blob_chunk_place ON blob_chunk (blob, position);
CREATE INDEX blob_chunk_use ON blob_chunk (chunk);
CREATE TABLE picture (id INTEGER PRIMARY KEY CHECK (id = 1), png BLOB NOT NULL);
)sql";

const std::set<std::string>& tableNames() {
    static const std::set<std::string> names{"meta", "writer", "state",      "entry",  "change",
                                             "blob", "chunk",  "blob_chunk", "picture"};
    return names;
}

} // namespace

std::span<const Migration> migrations() { return {}; }

Status createTables(Database& database) {
    // The first commit goes through a rollback journal, so that the file itself says what it is
    // before the write-ahead log comes in.
    if (Status set =
            database.execute(fmt::format("PRAGMA page_size=4096; PRAGMA auto_vacuum=INCREMENTAL; "
                                         "PRAGMA application_id={}; PRAGMA synchronous=FULL",
                                         kApplicationId));
        !set)
        return set;
    auto transaction = Transaction::begin(database);
    if (!transaction) return std::move(transaction).error();
    if (Status made = database.execute(kTables); !made) return made;
    if (Status set = database.execute(fmt::format("PRAGMA user_version={}", kSchemaVersion)); !set)
        return set;
    return transaction->commit();
}

Status migrate(Database& database, std::span<const Migration> steps) {
    const auto version = database.integer("PRAGMA user_version");
    if (!version) return version.error();
    if (steps.empty() || *version > steps.back().from) return Status::success();
    auto transaction = Transaction::begin(database);
    if (!transaction) return std::move(transaction).error();
    for (const Migration& step : steps) {
        if (step.from < *version) continue;
        if (Status done = database.execute(step.sql); !done)
            return std::move(done).error().withContext(fmt::format(
                "Bringing the project from version {} to {}", step.from, step.from + 1));
        if (Status set = database.execute(fmt::format("PRAGMA user_version={}", step.from + 1));
            !set)
            return set;
    }
    return transaction->commit();
}

Status checkTables(Database& database) {
    auto rows = database.prepare("SELECT type, name, sql FROM sqlite_schema");
    if (!rows) return std::move(rows).error();
    std::set<std::string> missing = tableNames();
    while (true) {
        const auto row = rows->step();
        if (!row) return row.error();
        if (!*row) break;
        const std::string type = rows->text(0);
        const std::string sql = rows->text(2).substr(0, 20);
        if ((type != "table" && type != "index") || sql.rfind("CREATE VIRTUAL", 0) == 0)
            return Error{
                ErrorCode::InvalidInput,
                fmt::format("'{}' holds what no project holds ({} '{}') and is not opened.",
                            database.path().filename().string(), type, rows->text(1))};
        missing.erase(rows->text(1));
    }
    if (missing.empty()) return Status::success();
    return Error{ErrorCode::InvalidInput,
                 fmt::format("'{}' is no whole project: table '{}' is missing.",
                             database.path().filename().string(), *missing.begin())};
}

} // namespace gesture::project
