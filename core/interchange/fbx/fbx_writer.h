// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/interchange/scene.h"

#include <filesystem>

namespace gesture::interchange {

/// Writes the scene as binary FBX 7.4: y up, centimetres, joints as limb nodes, skinned meshes with
/// shapes, a bind pose, each motion as a stack with a linear key a frame. Euler angles go on
/// without jumps. Atomic; same scene, same bytes: times are 1970, identities count up.
/// InvalidInput for a scene that is not sound; LimitExceeded past 2 GiB; Io; Cancelled. Any
/// thread; the control's.
[[nodiscard]] Status writeFbx(const Scene& scene, const std::filesystem::path& path,
                              JobControl& control);

/// Ticks of a second in FBX.
inline constexpr double kFbxTicksPerSecond = 46186158000.0;

/// FBX's number for a frame rate; 14 ("custom") for those that have none.
[[nodiscard]] int fbxTimeMode(double framesPerSecond);

} // namespace gesture::interchange
