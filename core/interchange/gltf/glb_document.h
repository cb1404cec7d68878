// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interchange/gltf/glb_buffer.h"
#include "core/interchange/gltf/glb_writer.h"
#include "core/interchange/scene.h"

#include <string>

namespace gesture::interchange {

/// The JSON of a .glb file; what it refers to is added to `buffer`, whose pieces read the scene:
/// it must outlive the buffer. The scene is one that `checkScene` accepts.
[[nodiscard]] std::string glbDocument(const Scene& scene, const GlbOptions& options,
                                      GlbBuffer& buffer);

} // namespace gesture::interchange
