// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/motion/clip.h"

namespace gesture::motion {

/// A greeting of 6.4 s at 30 fps that is computed, not recorded: stands relaxed, looks up, waves
/// three times with the right hand, opens both hands, and comes back to where it began, so that it
/// can be looped. Feet stay planted on y = 0; expressions are `arkit52` (blinks, brows, a smile; no
/// speech). Made for the average skeleton; bodies of other proportions slide a little. Any thread.
[[nodiscard]] Clip makeGreetingClip();

} // namespace gesture::motion
