// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"
#include "core/inference/generation.h"
#include "core/models/layers/tensor.h"

namespace gesture::models {

/// How frames become a network's input.
enum class RestRule {
    AsIs,      ///< All joints as they are.
    FaceAtRest ///< Jaw and eyes as identity: what the published programs feed back.
};

/// Rows of the whole motion, (range, 337) float32 on the CPU, of frames that have contacts.
[[nodiscard]] at::Tensor wholeMotionRows(const inference::MotionFrames& frames, FrameRange range,
                                         RestRule rest = RestRule::AsIs);

/// A part's vectors, (range, channels), of the same frames.
[[nodiscard]] at::Tensor partRows(motion::BodyPart part, const inference::MotionFrames& frames,
                                  FrameRange range);

/// The lower body as the root's network takes it: 9 joints as rotations (made orthonormal again),
/// zeros for the translation, contacts. (frames, 61) in and out.
[[nodiscard]] at::Tensor rootInput(const at::Tensor& lower);

/// Appends `more` to `frames`; both with or both without contacts.
void append(inference::MotionFrames& frames, const inference::MotionFrames& more);
/// A copy of some frames.
[[nodiscard]] inference::MotionFrames sliceOf(const inference::MotionFrames& frames,
                                              FrameRange range);
/// Overwrites the frames from `begin` on; `frames` grows when needed.
void overwrite(inference::MotionFrames& frames, FrameIndex begin,
               const inference::MotionFrames& values);

/// The motion as networks see it whose faces have expressions of `space`: those of another one
/// stand for nothing there, so the face is at rest.
[[nodiscard]] inference::MotionFrames withFacesOf(motion::ExpressionSpace space,
                                                  inference::MotionFrames frames);

} // namespace gesture::models
