// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/interchange/retarget/rest_alignment.h"
#include "core/motion/clip.h"

#include <vector>

namespace gesture::interchange {

/// Sizes of a body that carry over from one to another.
struct BodySize {
    RestJoints rest;       ///< T-pose.
    double soleHeight = 0; ///< Of the T-pose, metres.
};

/// Height of the floor on which a motion stands, if this body moves: the median over the frames of
/// the lowest foot joint's height above where it is when the body stands. Cancelled.
[[nodiscard]] Result<double> floorUnder(const motion::Clip& clip, const BodySize& body,
                                        JobControl& control);

} // namespace gesture::interchange
