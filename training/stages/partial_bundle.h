// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/bundle/bundle.h"

#include <filesystem>

namespace gesture::training {

/// Opens a bundle that may still lack networks: what stages before this one have exported. Contents
/// are not read. NotFound, Io, InvalidInput; the message names the folder.
[[nodiscard]] Result<io::Bundle> openPartialBundle(const std::filesystem::path& folder);

} // namespace gesture::training
