// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/random_access_file.h"

#include <cstdint>

namespace gesture::io {

/// Where the central directory of a zip archive lies.
struct ZipEndRecord {
    std::uint64_t entries = 0;
    std::uint64_t directorySize = 0;
    std::uint64_t directoryOffset = 0;
};

/// Finds the end-of-directory record, follows it to the ZIP64 one where it says so, and checks that
/// the directory ends where the first of these records begins. InvalidInput.
[[nodiscard]] Result<ZipEndRecord> readZipEndRecord(const RandomAccessFile& file);

} // namespace gesture::io
