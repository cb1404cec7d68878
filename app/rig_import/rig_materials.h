// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interchange/scene.h"

struct aiScene;

namespace gesture::app {

/// All materials: base colour, roughness, metal, and the picture of the base colour where it lies
/// in the file as PNG.
[[nodiscard]] std::vector<interchange::SceneMaterial> convertMaterials(const aiScene& scene);

} // namespace gesture::app
