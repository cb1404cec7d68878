// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/atomic_file.h"
#include "core/base/result.h"
#include "core/io/zip_directory.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::io {

/// Writes a zip archive through an AtomicFile. Same input, same bytes: every timestamp is
/// 1980-01-01, there are no extra fields below 4 GiB, and sizes stand in the local headers.
/// Without `commit` nothing is left behind. Single thread.
class ZipWriter {
public:
    /// From this many bytes on, sizes and offsets are written in ZIP64 fields. Smaller values make
    /// files that are valid too; tests use them to write small ZIP64 archives.
    static constexpr std::uint64_t kZip64From = 0xffffffff;

    [[nodiscard]] static Result<ZipWriter> create(const std::filesystem::path& target,
                                                  std::uint64_t zip64From = kZip64From);

    /// Appends a member whose contents are the parts, one after the other. `name` is UTF-8,
    /// relative and new. Deflating holds the packed bytes in memory.
    [[nodiscard]] Status add(std::string_view name,
                             std::span<const std::span<const std::byte>> parts, ZipMethod method);
    [[nodiscard]] Status add(std::string_view name,
                             std::initializer_list<std::span<const std::byte>> parts,
                             ZipMethod method) {
        return add(name, std::span(parts.begin(), parts.size()), method);
    }

    /// Writes the directory and gives the file its name. The writer can only be dropped then.
    [[nodiscard]] Status commit();

private:
    ZipWriter(AtomicFile file, std::uint64_t zip64From)
        : file_(std::move(file))
        , zip64From_(zip64From) {}

    struct Member {
        ZipEntry entry;
        std::uint64_t localOffset = 0;
    };

    [[nodiscard]] Status append(std::span<const std::byte> bytes);
    [[nodiscard]] std::vector<std::byte> localHeader(const ZipEntry& entry) const;
    [[nodiscard]] std::vector<std::byte> centralHeader(const Member& member) const;
    [[nodiscard]] std::vector<std::byte> endRecords(std::uint64_t directoryOffset) const;

    AtomicFile file_;
    std::uint64_t zip64From_;
    std::uint64_t offset_ = 0;
    std::vector<Member> members_;
};

} // namespace gesture::io
