// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/free_avatar_sources.h"
#include "core/avatar/geometry64.h"

#include <array>
#include <string_view>
#include <vector>

namespace gesture::avatar {

/// The rest mesh: both sexes, three ancestries and average build in equal shares, 25 years old.
struct NeutralBody {
    Points64 restMesh;          ///< All obj vertices, metres, MakeHuman's rest posture.
    double metresPerUnit = 0.0; ///< Scale from the sources' decimetres.
};
[[nodiscard]] NeutralBody makeNeutralBody(const FreeAvatarSources& sources);

/// One of the ten shape directions: offsets of the rest mesh at slider value 1.
struct ShapeOffset {
    std::string_view name;
    Points64 offsets; ///< All obj vertices, decimetres.
};
[[nodiscard]] std::vector<ShapeOffset> makeShapeOffsets(const FreeAvatarSources& sources);

} // namespace gesture::avatar
