// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interchange/scene.h"

#include <cstddef>
#include <vector>

namespace gesture::interchange {

/// The heaviest `most` influences of a vertex with weights above 0 that sum to 1; the first joint
/// alone for a vertex that follows none.
[[nodiscard]] std::vector<SceneMesh::Influence>
heaviestInfluences(const std::vector<SceneMesh::Influence>& influences, std::size_t most);

} // namespace gesture::interchange
