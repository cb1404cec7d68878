// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/interchange/scene.h"

#include <string>

struct aiScene;

namespace gesture::app {

/// What Assimp read as this program's own scene, in metres, axes as they are in the file, without
/// animations. Messages continue "'NAME' is no character that motion can go onto: ".
[[nodiscard]] Result<interchange::Scene> convertScene(const aiScene& source,
                                                      const std::string& extension);

} // namespace gesture::app
