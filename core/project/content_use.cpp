// SPDX-License-Identifier: Apache-2.0
#include "core/project/content_use.h"

namespace gesture::project {

void addContentsOf(std::string_view row, std::set<ContentHash>& hashes) {
    std::size_t at = row.find('"');
    while (at != row.npos) {
        const std::size_t end = row.find('"', at + 1);
        if (end == row.npos) return;
        ContentHash text(row.substr(at + 1, end - at - 1));
        if (isContentHash(text)) hashes.insert(std::move(text));
        at = end;
    }
}

Result<std::set<ContentHash>> contentsInUse(Database& database) {
    std::set<ContentHash> hashes;
    for (const char* sql :
         {"SELECT value FROM state", "SELECT before FROM change", "SELECT after FROM change"}) {
        auto rows = database.prepare(sql);
        if (!rows) return std::move(rows).error();
        while (true) {
            const auto row = rows->step();
            if (!row) return row.error();
            if (!*row) break;
            addContentsOf(rows->text(0), hashes);
        }
    }
    return hashes;
}

} // namespace gesture::project
