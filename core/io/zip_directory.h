// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/random_access_file.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace gesture::io {

/// How much a zip archive from anywhere may ask for.
struct ZipLimits {
    std::size_t maxEntries = 1000;
    /// The sizes of all members together must not pass `allowance + maxRatio * file size`. The
    /// ratio counts for the whole archive, not for each member: one array of zeros beside real data
    /// is no bomb, while a bomb is nothing but such members.
    std::uint64_t maxRatio = 100;
    std::uint64_t allowance = 100 * 1024;
};

enum class ZipMethod : std::uint8_t { Stored, Deflated };

/// One member of an archive, as checked by `readZipDirectory`.
struct ZipEntry {
    std::string name; ///< UTF-8, relative, without "..", unique; a folder's name ends in '/'.
    ZipMethod method = ZipMethod::Stored;
    std::uint32_t crc = 0;
    std::uint64_t size = 0;           ///< Bytes after unpacking, as declared.
    std::uint64_t compressedSize = 0; ///< Bytes in the archive, from `dataOffset` on.
    std::uint64_t dataOffset = 0;
};

/// Reads the central directory and all local headers of a zip archive (PKWARE APPNOTE 6.3.10,
/// ZIP64 and data descriptors included) and refuses what an honest writer does not write:
/// encryption, other methods than stored and deflated, names that lead elsewhere or occur twice,
/// members that overlap, headers that contradict each other, sizes past the limits. Nothing is
/// allocated by a declared size that the file's size does not cover. InvalidInput, LimitExceeded.
[[nodiscard]] Result<std::vector<ZipEntry>> readZipDirectory(const RandomAccessFile& file,
                                                             const ZipLimits& limits);

} // namespace gesture::io
