// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

namespace gesture::gestures {

/// Values smoothed by a bell curve (normal distribution) of standard deviation `sigma`, in values;
/// the ends continue by reflection. One value, and a `sigma` of 0, come back as they are.
[[nodiscard]] std::vector<double> bellFiltered(std::span<const double> values, double sigma);

} // namespace gesture::gestures
