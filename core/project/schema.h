// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/database.h"

#include <cstdint>
#include <span>

namespace gesture::project {

/// "GStu" in the file's header: what `file` and this program know a project by.
inline constexpr std::int64_t kApplicationId = 0x47537475;
/// Version of the tables. Raised with every change of them; see docs/formats.md.
inline constexpr std::int64_t kSchemaVersion = 1;

/// One step from a version of the tables to the next one.
struct Migration {
    std::int64_t from = 0;
    const char* sql = "";
};
/// In order; the last one leads to kSchemaVersion.
[[nodiscard]] std::span<const Migration> migrations();

/// Makes the tables of a new project in an empty file.
[[nodiscard]] Status createTables(Database& database);

/// Brings older tables to the version behind the last migration, all steps in one transaction.
[[nodiscard]] Status migrate(Database& database, std::span<const Migration> steps);

/// Refuses tables that are none of a project: missing ones, virtual tables, views and triggers.
/// InvalidInput.
[[nodiscard]] Status checkTables(Database& database);

} // namespace gesture::project
