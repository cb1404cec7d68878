// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

namespace gesture {

/// Writes a file so that readers see the old content or the whole new content, never a part:
/// the bytes go to a temporary file in the same directory, are synced, and take the target's name
/// in `commit`. Without `commit` the destructor removes the temporary. Single thread.
class AtomicFile {
public:
    /// Opens the temporary. Io if the directory does not exist or is not writable.
    [[nodiscard]] static Result<AtomicFile> create(const std::filesystem::path& target);

    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&& other) noexcept;
    ~AtomicFile();

    /// Appends bytes. After a failure the file can only be dropped.
    [[nodiscard]] Status write(std::span<const std::byte> bytes);

    /// Syncs, closes, renames over the target, and syncs the directory.
    [[nodiscard]] Status commit();

    /// Path of the temporary, for a child process (ffmpeg) that writes it by itself.
    [[nodiscard]] const std::filesystem::path& temporaryPath() const { return temporary_; }

private:
    AtomicFile(std::filesystem::path target, std::filesystem::path temporary, int descriptor);
    void discard() noexcept;

    std::filesystem::path target_;
    std::filesystem::path temporary_;
    int descriptor_ = -1;
};

/// Writes `bytes` to `target` through an AtomicFile.
[[nodiscard]] Status writeFileAtomically(const std::filesystem::path& target,
                                         std::span<const std::byte> bytes);
[[nodiscard]] Status writeTextAtomically(const std::filesystem::path& target,
                                         std::string_view text);

/// Reads a whole file. NotFound, Io, or LimitExceeded when it is larger than `maxBytes`.
[[nodiscard]] Result<std::string> readTextFile(const std::filesystem::path& path,
                                               std::size_t maxBytes);

} // namespace gesture
