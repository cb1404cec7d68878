// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/expression_bridge.h"
#include "core/base/result.h"
#include "core/io/avatar_file.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace gesture::app {

/// The avatar that ships.
[[nodiscard]] std::filesystem::path shippedAvatarPath();

/// Avatar files that the user put into the data folder's "avatars", by name.
[[nodiscard]] std::vector<std::filesystem::path> userAvatarPaths();

/// Reads `path`, or the avatar that ships when it is empty. Unavailable when the shipped one is
/// missing: the installation is damaged.
[[nodiscard]] Result<io::Avatar> loadAvatar(const std::filesystem::path& path);

/// The map between SMPL-X expressions and face units that the user made last; null when there is
/// none. A damaged one is logged and counts as none.
[[nodiscard]] std::shared_ptr<const avatar::ExpressionBridge> userExpressionBridge();

} // namespace gesture::app
