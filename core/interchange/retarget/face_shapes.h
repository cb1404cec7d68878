// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interchange/scene.h"
#include "core/motion/clip.h"

namespace gesture::interchange {

/// Lets shapes of the meshes that are named as ARKit's face units ("jawOpen", "Head.JawOpen")
/// follow the clip's face. Nothing is done where there are none, or the clip is in another space.
void animateFaceShapes(const motion::Clip& clip, const Scene& rig, SceneAnimation& animation);

} // namespace gesture::interchange
