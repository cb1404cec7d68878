// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/inference/generation.h"
#include "core/models/generation/loaded_bundle.h"

namespace gesture::models {

/// Whether motion of the bundle gets breath, swaying and blinks added. The reference's rules leave
/// it as the networks made it.
[[nodiscard]] bool addsIdle(const LoadedBundle& bundle, const inference::GenerateOptions& options);

/// The motion with what no speech explains (`gestures::addIdleMotion`), from the request's seed;
/// contacts stay. The motion itself where the bundle adds nothing. Cancelled.
[[nodiscard]] Result<inference::MotionFrames> withIdle(const LoadedBundle& bundle,
                                                       const inference::GenerateOptions& options,
                                                       inference::MotionFrames motion,
                                                       JobControl& control);

} // namespace gesture::models
