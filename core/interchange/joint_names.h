// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/motion/skeleton.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gesture::interchange {

/// How the 55 joints are called in files for other programs.
enum class JointNaming : std::uint8_t {
    Smplx,  ///< "left_shoulder", as in motion files.
    Mixamo, ///< "LeftArm"; also what HumanIK and Unity's automatic mapping know.
    Unreal, ///< "upperarm_l", as Unreal's mannequin.
    Vrm,    ///< "leftUpperArm", VRM's humanoid bones.
};

/// Names in the order of `motion::jointNames`.
[[nodiscard]] std::span<const std::string_view, motion::kJointCount> jointNames(JointNaming naming);

/// "smplx", "mixamo", "unreal", "vrm": as options and files write it.
[[nodiscard]] std::string_view nameOf(JointNaming naming);
/// Upper and lower case are the same; nothing for a name of none.
[[nodiscard]] std::optional<JointNaming> jointNamingFrom(std::string_view name);
/// The names of all, in the order of the enumeration, for messages: "smplx, mixamo, …".
[[nodiscard]] std::string jointNamingList();

} // namespace gesture::interchange
