// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/inference/generation.h"
#include "core/inference/results.h"
#include "core/motion/motion_arrays.h"
#include "core/motion/skeleton.h"

#include <span>
#include <vector>

namespace gesture::inference {

[[nodiscard]] motion::MotionView viewOf(const MotionFrames& motion);
[[nodiscard]] motion::MotionSpans spansOf(MotionFrames& motion);

/// What is done to a motion when the networks are through with it: smoothing if `options.smooth`,
/// then the root's movement as `options.root` says. FeetLocked needs contacts, which are cleaned
/// first; without any, they are found from the joints. `restJoints` is (55, 3) metres in the
/// T-pose (motion::averageRestJoints when there is no body at hand). 30 fps. Cancelled when
/// stopped.
[[nodiscard]] Result<MotionFrames>
finishMotion(MotionFrames motion, const GenerateOptions& options,
             std::span<const float, motion::kPoseSize> restJoints, JobControl& control);

struct FinishedEdit {
    MotionFrames motion;
    std::vector<Note> notes; ///< Hands that do not reach their targets.
};

/// Composes the answer to an edit from the request's motion and `made`, which has as many frames
/// and counts where the request's mask is 1 and one frame around it; then pins and hand targets.
/// Frames and parts that are not masked keep the request's bytes. Errors as composeMotion and
/// applyPoseTargets.
[[nodiscard]] Result<FinishedEdit> finishEdit(const EditRequest& request, const MotionFrames& made,
                                              std::span<const float, motion::kPoseSize> restJoints);

} // namespace gesture::inference
