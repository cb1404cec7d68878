// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/zip_directory.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace gesture::io {

/// The bytes of one member, front to back, unpacked on the way. Keeps the archive open by itself.
/// Single thread.
class ZipStream {
public:
    ZipStream(ZipStream&&) noexcept;
    ZipStream& operator=(ZipStream&&) noexcept;
    ~ZipStream();

    /// Fills `out` with the next bytes. InvalidInput when fewer are left or the data is damaged.
    /// The call that takes the last byte also checks that the member ends there and its checksum.
    [[nodiscard]] Status read(std::span<std::byte> out);

    /// Bytes that can still be read.
    [[nodiscard]] std::uint64_t remaining() const;

private:
    friend class ZipReader;
    struct Impl;
    explicit ZipStream(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// A zip archive from anywhere, opened for reading: see `readZipDirectory` for what is refused.
/// Members are read on demand; the file is never held whole. Immutable, any thread.
class ZipReader {
public:
    [[nodiscard]] static Result<ZipReader> open(const std::filesystem::path& path,
                                                const ZipLimits& limits = {});
    /// The same for a file that is open already; messages do not name it.
    [[nodiscard]] static Result<ZipReader> open(std::shared_ptr<const RandomAccessFile> file,
                                                const ZipLimits& limits = {});

    [[nodiscard]] const std::vector<ZipEntry>& entries() const { return entries_; }
    /// Nothing if there is no such member. Valid as long as the reader.
    [[nodiscard]] const ZipEntry* find(std::string_view name) const;

    /// Begins to read a member of this archive.
    [[nodiscard]] Result<ZipStream> stream(const ZipEntry& entry) const;
    /// Reads a member whole. LimitExceeded when it is larger than `maxBytes`.
    [[nodiscard]] Result<std::vector<std::byte>> read(const ZipEntry& entry,
                                                      std::uint64_t maxBytes) const;

private:
    ZipReader(std::shared_ptr<const RandomAccessFile> file, std::vector<ZipEntry> entries);

    std::shared_ptr<const RandomAccessFile> file_;
    std::vector<ZipEntry> entries_;
};

} // namespace gesture::io
