// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace gesture::io {

/// A regular file that is read at given positions, so that big files are never held whole. Owns
/// its descriptor. `read` may be called from any thread.
class RandomAccessFile {
public:
    /// NotFound; Io when the system refuses; InvalidInput for folders, pipes and devices.
    [[nodiscard]] static Result<RandomAccessFile> open(const std::filesystem::path& path);

    RandomAccessFile(RandomAccessFile&& other) noexcept;
    RandomAccessFile& operator=(RandomAccessFile&& other) noexcept;
    ~RandomAccessFile();

    /// Bytes of the file when it was opened.
    [[nodiscard]] std::uint64_t size() const { return size_; }

    /// Fills `out` from `offset` on. InvalidInput when the file ends before that.
    [[nodiscard]] Status read(std::uint64_t offset, std::span<std::byte> out) const;

private:
    RandomAccessFile(int descriptor, std::uint64_t size)
        : descriptor_(descriptor)
        , size_(size) {}

    int descriptor_ = -1;
    std::uint64_t size_ = 0;
};

} // namespace gesture::io
