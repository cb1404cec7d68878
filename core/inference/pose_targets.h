// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/inference/edit_mask.h"
#include "core/inference/generation.h"
#include "core/inference/results.h"
#include "core/motion/skeleton.h"

#include <span>
#include <vector>

namespace gesture::inference {

/// What a motion is held to, and where that may change it.
struct PoseTargets {
    std::span<const PinnedPose> pins;
    std::span<const HandTarget> hands;
    int margin = 6; ///< Frames before and after over which the motion goes there and back.
};

/// Turns joints of a motion at 30 fps so that they have the pinned rotations (to the bit) and that
/// wrists are where they were asked to be (elbow and shoulder follow, a wrist goes along), in
/// place. Around its frame a target is approached and left within `margin` frames, but never
/// beyond the masked stretch of its body part, nor beyond the next target of the same joint; other
/// frames keep their bytes. The eyes belong to the face. Of two targets of a joint at a frame the
/// later one in its list counts, a hand before a pin. `restJoints` is (55, 3) metres in the T-pose.
///
/// Notes name hands that stay more than 1 cm away from their target. InvalidInput, with the motion
/// as it was, when a target lies outside of the motion or the mask, or is not finite.
[[nodiscard]] Result<std::vector<Note>>
applyPoseTargets(const PoseTargets& targets, const EditMask& mask,
                 std::span<const float, motion::kPoseSize> restJoints, MotionFrames& motion);

} // namespace gesture::inference
