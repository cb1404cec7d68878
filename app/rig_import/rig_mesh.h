// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/rig_import/rig_skeleton.h"
#include "core/base/result.h"
#include "core/interchange/scene.h"

struct aiScene;

namespace gesture::app {

/// All meshes in the bind pose, metres: one per node (Assimp cuts a mesh at its materials). A mesh
/// without bones follows the joint that it hangs on. At most 8 influences a vertex. InvalidInput,
/// LimitExceeded.
[[nodiscard]] Result<std::vector<interchange::SceneMesh>>
convertMeshes(const aiScene& scene, const RigNodes& nodes, const RigSkeleton& skeleton);

} // namespace gesture::app
