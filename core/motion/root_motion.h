// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

namespace gesture::motion {

// Between positions and velocities as the networks' training code defines them
// (utils/other_tools.py: estimate_linear_velocity, velocity2position). Arrays are (frames,
// channels) float32, row-major; `secondsPerFrame` is 1/30 for BEAT2. The second is not the inverse
// of the first: the first takes central differences, the second is a forward Euler sum.

/// Velocities per second: difference to the next frame at the first frame, to the previous one at
/// the last, central in between. One frame alone has velocity 0.
[[nodiscard]] std::vector<float> linearVelocity(std::span<const float> positions, int channels,
                                                double secondsPerFrame);

/// p[0] = start, p[i] = p[i-1] + v[i-1] * secondsPerFrame; the last velocity is not used.
/// `start` has one number per channel.
[[nodiscard]] std::vector<float> integrateVelocity(std::span<const float> velocities,
                                                   std::span<const float> start,
                                                   double secondsPerFrame);

} // namespace gesture::motion
