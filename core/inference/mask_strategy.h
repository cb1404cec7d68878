// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/base/result.h"
#include "core/inference/edit_mask.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace gesture::inference {

/// Where a strategy paints: on a motion of so many frames, on some of its parts.
struct MaskCanvas {
    std::int64_t frames = 0;
    FrameRate rate;
    PartSet parts = kAllParts;
};

/// The frames of every word that is one of `words` (see comparableWord), whole frames that the word
/// touches. NotFound names those that the transcript lacks.
[[nodiscard]] Result<EditMask> maskWords(const audio::Transcript& transcript,
                                         std::span<const std::string> words,
                                         const MaskCanvas& canvas);

/// The frames of values that are greater than `threshold`; value i stands for `framesPerValue`
/// frames from i * framesPerValue on. Frames without a value, and NaN, are kept.
[[nodiscard]] EditMask maskAbove(std::span<const float> values, int framesPerValue,
                                 double threshold, const MaskCanvas& canvas);

/// The `share` (0..1) of the motion's frames with the highest values, rounded to whole frames;
/// among equals the earlier. `curve` has one value a frame: importance, or a loss. Frames without a
/// value, and NaN, are kept.
[[nodiscard]] EditMask maskHighest(std::span<const float> curve, double share,
                                   const MaskCanvas& canvas);

/// A random `share` (0..1) of the motion's tokens of `framesPerToken` frames, rounded to whole
/// tokens. Same arguments, same mask, on every machine.
[[nodiscard]] EditMask maskRandom(double share, int framesPerToken, std::uint64_t seed,
                                  const MaskCanvas& canvas);

} // namespace gesture::inference
