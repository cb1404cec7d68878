// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/gestures/arm_score.h"
#include "core/gestures/pose_writer.h"

#include <span>

namespace gesture::gestures {

/// Solves both arms and writes them, after leading wrists and elbows around the body and the other
/// hand: where they come too near, targets are pushed out, smoothly over the frames around. The
/// writer has the rest of the body already. Cancelled.
[[nodiscard]] Status clearArms(ArmControls& arms, std::span<const TrunkPose> trunk,
                               PoseWriter& writer, JobControl& control);

} // namespace gesture::gestures
