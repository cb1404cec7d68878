// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interchange/retarget/bone_names.h"

#include <cstddef>
#include <optional>

namespace gesture::interchange {

/// Fingers in SMPL-X's order.
enum class Finger : std::uint8_t { Index, Middle, Pinky, Ring, Thumb };
inline constexpr std::size_t kFingerCount = 5;

/// A bone of a finger; `order` grows towards the tip (bones of a palm are below 0).
struct FingerBone {
    Finger finger = Finger::Index;
    int order = 0;
};

/// Whether a name is one of a finger's bones: "LeftHandIndex1", "f_ring.02.L", "thumb_03_r",
/// "leftLittleProximal", "Bip01 L Finger11", "CC_Base_L_Mid2".
[[nodiscard]] std::optional<FingerBone> fingerBoneOf(const BoneName& name);

} // namespace gesture::interchange
