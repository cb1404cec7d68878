// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/geometry64.h"
#include "core/base/result.h"

#include <string_view>

namespace gesture::avatar {

/// Parses a MakeHuman target: lines `vertex dx dy dz`; empty lines and lines that start with '#'
/// are skipped. Returns (vertexCount, 3) offsets in the file's unit, zero for unlisted vertices.
/// InvalidInput names the line.
[[nodiscard]] Result<Points64> parseTarget(std::string_view text, Eigen::Index vertexCount);

} // namespace gesture::avatar
