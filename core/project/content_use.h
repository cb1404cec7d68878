// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/database.h"
#include "core/project/project_state.h"

#include <set>
#include <string_view>

namespace gesture::project {

/// Adds each text of 64 hexadecimal digits in quotes: contents that a row may refer to, and some
/// other hashes, which does no harm.
void addContentsOf(std::string_view row, std::set<ContentHash>& hashes);

/// Contents that the state or the history of a file refer to. Errors as Database.
[[nodiscard]] Result<std::set<ContentHash>> contentsInUse(Database& database);

} // namespace gesture::project
