// SPDX-License-Identifier: Apache-2.0
#include "app/stage/avatar_choice.h"

#include "core/avatar/bridge_store.h"
#include "core/base/log.h"
#include "core/base/paths.h"

#include <algorithm>
#include <fmt/format.h>

namespace gesture::app {

namespace fs = std::filesystem;

fs::path shippedAvatarPath() { return resourceDirectory() / "avatar" / "free-avatar.npz"; }

std::vector<fs::path> userAvatarPaths() {
    std::vector<fs::path> paths;
    std::error_code error;
    for (fs::directory_iterator entry(userDataDirectory() / "avatars", error), end;
         !error && entry != end; entry.increment(error))
        if (entry->path().extension() == ".npz") paths.push_back(entry->path());
    std::sort(paths.begin(), paths.end());
    return paths;
}

Result<io::Avatar> loadAvatar(const fs::path& path) {
    if (!path.empty()) return io::readAvatarFile(path);
    auto avatar = io::readAvatarFile(shippedAvatarPath());
    if (avatar) return avatar;
    return Error{
        ErrorCode::Unavailable,
        fmt::format("The avatar that ships cannot be read ({}). Install the program again, "
                    "or give a file with --avatar.",
                    avatar.error().message())};
}

std::shared_ptr<const avatar::ExpressionBridge> userExpressionBridge() {
    const auto stored = avatar::latestBridge();
    if (stored) return stored->bridge;
    if (stored.error().code() != ErrorCode::NotFound) logWarning(stored.error().message());
    return nullptr;
}

} // namespace gesture::app
