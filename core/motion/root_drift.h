// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"

#include <span>

namespace gesture::motion {

/// Slower movements than this along the ground are drift; sway and shifts of weight are quicker.
inline constexpr double kDriftHertz = 0.11;

/// Takes slow movement along the ground out of translations (frames, 3), in place: x and z lose
/// their low-pass and stay about where the motion began, however long it is. Height stays, and so
/// does the heading, which is part of the pose.
void removeRootDrift(std::span<float> translations, FrameRate rate,
                     double driftHertz = kDriftHertz);

/// Gives every frame the first one's translation (frames, 3).
void holdRoot(std::span<float> translations);

} // namespace gesture::motion
