// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/motion/motion_arrays.h"
#include "core/motion/skeleton.h"

#include <cstdint>
#include <span>
#include <vector>

namespace gesture::motion {

/// When a foot counts as standing.
struct ContactRules {
    float begins = 0.6F; ///< A contact begins above this
    float ends = 0.4F;   ///< and ends below that.
    int shortest = 4;    ///< Frames; shorter contacts, and shorter gaps between two, go.
};

/// Contacts (frames, 4) as a network guesses them, 0 to 1, made into 0 and 1.
[[nodiscard]] std::vector<float> cleanContacts(std::span<const float> contacts,
                                               const ContactRules& rules = {});

/// What gives way so that standing feet do not slide.
enum class FootLock {
    Root,        ///< The path of the body on the ground.
    RootAndLegs, ///< And what is left, the legs.
};

/// Keeps standing feet where they are, in place. First the body's steps on the ground are taken
/// from the joints that stand (the mean of their own movement is taken out); while none stands, the
/// motion's own steps count. Then each leg brings its ankle to the mean of where it stands, and
/// the foot keeps its direction; corrections grow and fade over up to `fade` frames in the air.
/// `contacts` is (frames, 4), 0 or 1, as footContacts: 1 = does not move to the next frame.
/// `restJoints` is (55, 3) metres. InvalidInput when the contacts do not fit; Cancelled when
/// stopped, with the motion half done.
[[nodiscard]] Status lockFeet(const MotionSpans& motion, std::span<const float> contacts,
                              std::span<const float, kPoseSize> restJoints, FootLock what,
                              JobControl& control, int fade = 6);

} // namespace gesture::motion
