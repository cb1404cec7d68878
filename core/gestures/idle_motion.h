// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/counter_random.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/motion/clip.h"

#include <span>

namespace gesture::gestures {

/// What no speech explains: breath, slow swaying, unsteady hands and head, blinks, a passing smile.
/// Added to a finished motion for people to look at; never to motion that networks learn from,
/// whose codes it would fill with noise. Feet and the standing of the soles stay. Blinks and smiles
/// need expressions in the space "arkit52". `restJoints` is (55, 3) metres in the T-pose. Same clip
/// and random numbers, same result. Cancelled.
[[nodiscard]] Result<motion::Clip>
addIdleMotion(const motion::Clip& clip, std::span<const float, motion::kPoseSize> restJoints,
              CounterRandom random, JobControl& control);

} // namespace gesture::gestures
