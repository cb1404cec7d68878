// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/motion/clip.h"

namespace gesture::interchange {

/// Frames `range` of a clip at another rate: rotations by the shorter arc, the rest linearly;
/// frames that fall on those of the clip keep their bytes. The last sample is the last that lies
/// within the range. InvalidInput for a range outside of the clip.
[[nodiscard]] Result<motion::Clip> resampledClip(const motion::Clip& clip, FrameRange range,
                                                 FrameRate rate);

/// The rate at which a motion file is written when `wanted` was asked for: SMPL-X add-ons take
/// whole multiples of 30 only, others become 30.
[[nodiscard]] FrameRate motionFileRate(FrameRate wanted);

} // namespace gesture::interchange
