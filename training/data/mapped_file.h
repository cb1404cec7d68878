// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <span>

namespace gesture::training {

/// A file seen as memory, read-only. The system brings in what is looked at and drops it when
/// memory is short. Whoever makes the file shorter meanwhile crashes its readers: only for files
/// that are replaced as a whole. Any thread may read.
class MappedFile {
public:
    /// NotFound; Io; InvalidInput for what is no regular file.
    [[nodiscard]] static Result<MappedFile> open(const std::filesystem::path& path);

    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    ~MappedFile();

    [[nodiscard]] std::span<const std::byte> bytes() const { return {begin_, size_}; }

private:
    MappedFile(const std::byte* begin, std::size_t size)
        : begin_(begin)
        , size_(size) {}

    const std::byte* begin_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace gesture::training
