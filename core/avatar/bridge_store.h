// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/expression_bridge.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/io/avatar_file.h"

#include <filesystem>
#include <memory>

namespace gesture::avatar {

/// A bridge and the file it is kept in.
struct StoredBridge {
    std::filesystem::path path;
    std::shared_ptr<const ExpressionBridge> bridge;
};

/// Folder of the user's bridges, below the data directory. One npz each, named after the SHA-256 of
/// the licensed file.
[[nodiscard]] std::filesystem::path bridgeDirectory();

/// Makes the bridge of a licensed file, or loads it when it was made before. Errors as
/// fitExpressionBridge, and those of reading and writing.
[[nodiscard]] Result<StoredBridge> makeBridge(const std::filesystem::path& licensedFile,
                                              const io::Avatar& free, JobControl& control);

/// The bridge that was made last. NotFound when the user has none.
[[nodiscard]] Result<StoredBridge> latestBridge();

[[nodiscard]] Result<ExpressionBridge> readBridge(const std::filesystem::path& path);
/// Writes atomically; the folder must exist.
[[nodiscard]] Status writeBridge(const std::filesystem::path& path, const ExpressionBridge& bridge);

} // namespace gesture::avatar
