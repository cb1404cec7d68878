// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/avatar_file.h"

#include <filesystem>
#include <vector>

namespace gesture::app {

/// The avatar that ships.
[[nodiscard]] std::filesystem::path shippedAvatarPath();

/// Avatar files that the user put into the data folder's "avatars", by name.
[[nodiscard]] std::vector<std::filesystem::path> userAvatarPaths();

/// Reads `path`, or the avatar that ships when it is empty. Unavailable when the shipped one is
/// missing: the installation is damaged.
[[nodiscard]] Result<io::Avatar> loadAvatar(const std::filesystem::path& path);

} // namespace gesture::app
