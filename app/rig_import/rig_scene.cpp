// SPDX-License-Identifier: Apache-2.0
#include "app/rig_import/rig_scene.h"

#include "app/rig_import/rig_materials.h"
#include "app/rig_import/rig_mesh.h"
#include "app/rig_import/rig_skeleton.h"

#include <assimp/scene.h>
#include <utility>

namespace gesture::app {

Result<interchange::Scene> convertScene(const aiScene& source, const std::string& extension) {
    if (source.mNumMeshes == 0)
        return Error{ErrorCode::InvalidInput,
                     "It has no mesh: export the character's skin with its skeleton."};
    auto nodes = flattenNodes(source, extension);
    if (!nodes) return std::move(nodes).error();
    auto skeleton = buildSkeleton(source, *nodes);
    if (!skeleton) return std::move(skeleton).error();
    auto meshes = convertMeshes(source, *nodes, *skeleton);
    if (!meshes) return std::move(meshes).error();
    interchange::Scene scene;
    scene.joints = std::move(skeleton->joints);
    scene.materials = convertMaterials(source);
    scene.meshes = std::move(*meshes);
    if (Status fits = interchange::checkScene(scene); !fits) return std::move(fits).error();
    return scene;
}

} // namespace gesture::app
