// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string_view>

namespace gesture::training {

/// A file that grows by whole pieces: what is written is with the system at once, so that the end
/// of the process loses nothing; a piece that does not fit on the disk is taken back. One thread.
class AppendFile {
public:
    /// Opens or makes the file. Io.
    [[nodiscard]] static Result<AppendFile> open(const std::filesystem::path& path);

    AppendFile(AppendFile&& other) noexcept;
    AppendFile& operator=(AppendFile&& other) noexcept;
    ~AppendFile();

    [[nodiscard]] Status append(std::string_view piece);
    [[nodiscard]] bool empty() const { return size_ == 0; }

private:
    AppendFile(std::filesystem::path path, int descriptor, std::int64_t size);

    std::filesystem::path path_;
    int descriptor_ = -1;
    std::int64_t size_ = 0;
};

} // namespace gesture::training
