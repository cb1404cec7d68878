// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/project/database.h"

#include <cstdint>
#include <string>

namespace gesture::project {

/// Who writes to a project. A process is known by its number and the moment it began; both mean
/// something only on one host since its last start.
struct Writer {
    std::int64_t pid = 0;
    std::string started; ///< As the system counts; empty: unknown.
    std::string host;
    std::string boot; ///< Of the host's last start; empty: unknown.
    std::string program;

    bool operator==(const Writer&) const = default;
};

[[nodiscard]] Writer thisWriter();

/// Whether it may still be there: false when it certainly is not. Of other hosts nothing is known:
/// true.
[[nodiscard]] bool mayBeAlive(const Writer& writer);

enum class TakeOver { No, Yes };

struct LockResult {
    bool taken = false;
    bool wasStale = false; ///< Its last writer ended without closing it.
    std::string holder;    ///< When not taken: who has it, for people.
};

/// Enters this process as the one that writes, unless another one may be alive. Errors as Database.
[[nodiscard]] Result<LockResult> takeWriterLock(Database& database, TakeOver takeOver);
/// Takes the entry back if it is this process's.
[[nodiscard]] Status releaseWriterLock(Database& database);

} // namespace gesture::project
