// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"

#include <span>
#include <vector>

namespace gesture::avatar {

/// How the mouth stands in one frame, for faces that only the sound can drive.
struct MouthShape {
    float open = 0.0F;  ///< 0 closed .. 1 as wide as speech opens it.
    float round = 0.0F; ///< 0 relaxed .. 1 rounded.
};

/// Mouth shapes that follow the loudness (RMS per frame, 0..1): relative to the clip's own loud
/// passages, closed in silence, smoothed forwards and backwards alike so that it does not lag.
/// One shape per entry; closed everywhere when the whole clip is silent.
[[nodiscard]] std::vector<MouthShape> mouthFromLoudness(std::span<const float> loudness,
                                                        FrameRate rate);

} // namespace gesture::avatar
