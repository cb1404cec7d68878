// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/motion/motion_arrays.h"
#include "core/motion/skeleton.h"

#include <array>

namespace gesture::motion {

/// How much of each body part is smoothed away, in the order of BodyPart.
struct Smoothing {
    /// Hertz at which half of the power is left; 0 leaves a part as it is. The face comes with the
    /// expressions, the lower body with the translation. Speech moves the jaw at up to 8 Hz.
    std::array<double, kBodyPartCount> cutoffHertz = {10.0, 5.0, 6.0, 5.0};
};

/// Takes jitter out of a motion without delaying it, in place: a low-pass over rotations (in the
/// tangent space of each frame's own), translation and expressions. Eyes and contacts stay as they
/// are. Usage for cutoffs that are negative or not finite; Cancelled when stopped, with the motion
/// half done.
[[nodiscard]] Status smoothMotion(const MotionSpans& motion, FrameRate rate,
                                  const Smoothing& smoothing, JobControl& control);

} // namespace gesture::motion
