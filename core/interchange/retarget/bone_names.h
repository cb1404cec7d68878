// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gesture::interchange {

enum class BodySide : std::uint8_t { Middle, Left, Right };

/// A bone's name without what programs put around it.
struct BoneName {
    /// Letters in lower case, without prefix, side and numbers: "mixamorig:LeftForeArm",
    /// "DEF-forearm.L" and "CC_Base_L_Forearm" are all "forearm".
    std::string core;
    BodySide side = BodySide::Middle;
    int number = -1; ///< The last number: 3 of "spine_03"; -1: none.
    int digits = 0;  ///< Of that number: 2 of "spine_03".
    /// A bone that only serves others: twist, controls, ends, targets of inverse kinematics.
    bool helper = false;
};

/// Takes a name of any program apart: Mixamo, MotionBuilder, Unreal, Unity, VRM, 3ds Max Biped,
/// Rigify, Character Creator, DAZ, SMPL-X.
[[nodiscard]] BoneName parseBoneName(std::string_view name);

} // namespace gesture::interchange
