// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interchange/gltf/glb_accessors.h"
#include "core/interchange/gltf/glb_writer.h"
#include "core/interchange/scene.h"

#include <nlohmann/json_fwd.hpp>

namespace gesture::interchange {

/// Adds "meshes", "materials", "textures" and "images" to the document, as far as the scene has
/// them. Pieces of the buffer read the scene: it must outlive the buffer.
void addMeshes(nlohmann::ordered_json& document, const Scene& scene, const GlbOptions& options,
               GlbAccessors& accessors);

} // namespace gesture::interchange
