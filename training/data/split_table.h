// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace gesture::training {

/// A row of a table of splits.
struct SplitRow {
    std::string id;
    std::string split;
    std::string speaker; ///< Empty when the table has no such column.
};

/// Reads a table with a header and the columns id, type (or split) and perhaps speaker, separated
/// by commas, in any order; others are not used. NotFound, Io, LimitExceeded (64 MiB, 1,000,000
/// rows); InvalidInput "'FILE', line N: reason".
[[nodiscard]] Result<std::vector<SplitRow>> readSplitTable(const std::filesystem::path& path);

/// Whether the text can name a clip's files: not empty, at most 200 bytes, none of / and \, no
/// control characters, no dot in front.
[[nodiscard]] bool isClipName(std::string_view text);

} // namespace gesture::training
