// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/motion/forward_kinematics.h"
#include "core/motion/skeleton.h"

#include <Eigen/Geometry>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace gesture::interchange {

/// Orientations of the 55 joints in the world: what a pose has turned since the T-pose.
using WorldTurns = std::array<Eigen::Quaterniond, motion::kJointCount>;

[[nodiscard]] WorldTurns worldTurnsOf(std::span<const float, motion::kPoseSize> axisAngles);

/// What `count` bones of a spine (or neck) do for ours: a bone's share of the way along `keys`, of
/// which the first is what the chain stands on. The last bone does what the last key does.
/// From `turns` at the keys, evenly spaced; result (count).
[[nodiscard]] std::vector<Eigen::Quaterniond> spreadAlong(std::span<const Eigen::Quaterniond> turns,
                                                          std::size_t count);

} // namespace gesture::interchange
