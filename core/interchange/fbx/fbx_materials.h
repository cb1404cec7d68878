// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interchange/fbx/fbx_objects.h"

#include <cstdint>
#include <vector>

namespace gesture::interchange {

/// Writes the scene's materials with their pictures (embedded); their identities in order.
[[nodiscard]] Result<std::vector<FbxId>> writeFbxMaterials(FbxDocument& document);

/// The scene's materials that a mesh has, ascending: the slots of its model.
[[nodiscard]] std::vector<std::uint32_t> usedMaterials(const SceneMesh& mesh, const Scene& scene);
/// Slot of a material in `used`, which must hold it.
[[nodiscard]] std::int32_t materialSlot(const std::vector<std::uint32_t>& used,
                                        std::uint32_t material);

} // namespace gesture::interchange
