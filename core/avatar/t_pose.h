// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/geometry64.h"
#include "core/avatar/joint_rig.h"
#include "core/avatar/rig.h"

#include <vector>

namespace gesture::avatar {

/// Fixed world rotation of each rig bone from MakeHuman's rest posture to the T-pose, computed from
/// the neutral rest mesh in metres. Angles: arms 8 degrees down and 6 back, shanks and torso
/// leaning as in SMPL-X's template, toes 10 degrees out, fingers slightly spread and bent.
[[nodiscard]] std::vector<Eigen::Matrix3d> tPoseRotations(const Rig& rig, const JointRig& joints,
                                                          const Points64& restMesh);

} // namespace gesture::avatar
