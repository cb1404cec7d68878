// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/inference/generation.h"
#include "core/motion/clip.h"

namespace gesture::inference {

// Between clips, as files and programs have them, and frames, as the engine takes and makes them.

/// All frames of a clip. InvalidInput when it has another rate than 30 frames a second.
[[nodiscard]] Result<MotionFrames> framesOf(const motion::Clip& clip);

/// The first `count` frames; the last one is repeated where there are fewer. Any rate.
[[nodiscard]] MotionFrames firstFrames(const motion::Clip& clip, int count);

/// A clip of frames at 30 a second. The shape of the body is that of `like`, the motion that
/// was edited; null: the default. InvalidInput as `Clip::create`.
[[nodiscard]] Result<motion::Clip> clipOf(const MotionFrames& frames,
                                          const motion::Clip* like = nullptr);

} // namespace gesture::inference
