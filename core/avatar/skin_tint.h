// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/free_avatar_layout.h"
#include "core/avatar/geometry64.h"
#include "core/avatar/kept_mesh.h"

#include <array>
#include <cstdint>
#include <vector>

namespace gesture::avatar {

/// sRGB colour and strength that is mixed over the skin of a vertex: lips and brows.
/// `positions` is (V, 3), `joints` (55, 3), both in the T-pose, metres.
[[nodiscard]] std::vector<std::array<std::uint8_t, 4>> makeSkinTint(const FreeAvatarLayout& layout,
                                                                    const KeptMesh& kept,
                                                                    const Points64& positions,
                                                                    const Points64& joints);

} // namespace gesture::avatar
