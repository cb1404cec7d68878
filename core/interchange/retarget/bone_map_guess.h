// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interchange/retarget/bone_map.h"
#include "core/interchange/scene.h"

#include <vector>

namespace gesture::interchange {

/// Guesses which bone is which from names and hierarchy: Mixamo, MotionBuilder, Unreal, VRM, Biped,
/// Rigify (with DEF- bones or without), Character Creator, DAZ, SMPL-X, and others named alike.
/// Limbs and fingers go by names; pelvis, spine and neck by where the limbs hang. Parts that are
/// not found stay `kNone`: see `checkBoneMap`.
[[nodiscard]] BoneMap guessBoneMap(const std::vector<SceneJoint>& joints);

} // namespace gesture::interchange
