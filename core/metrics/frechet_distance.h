// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/metrics/metric_mode.h"

#include <cstddef>
#include <span>

namespace gesture::metrics {

/// What the paper's code reports when the root of the product has imaginary parts.
inline constexpr double kFailedFrechetDistance = 1e10;

/// Fréchet distance between two sets of features, each (rows, width), as normal distributions:
/// |m1 - m2|^2 + tr(S1) + tr(S2) - 2 tr(sqrt(S1 S2)), with covariances divided by rows - 1; double
/// precision. The square of a length in the space of the features.
///  - Paper: square root of the product by Schur's method as scipy 1.10; where that fails, 1e-6 is
///    added to both diagonals; `kFailedFrechetDistance` when the root's diagonal has imaginary
///    parts above 1e-3.
///  - EvalTools: 1e-6 is always added inside the root, the real part is taken.
///  - Standard: tr(sqrt(S1^1/2 S2 S1^1/2)), symmetric, so that it is real; never negative.
/// InvalidInput when a set has fewer than two rows, is not a whole number of rows, or holds a
/// number that is not finite. Any thread; width^3 operations.
[[nodiscard]] Result<double> frechetDistance(std::span<const float> generated,
                                             std::span<const float> reference, std::size_t width,
                                             MetricMode mode);

} // namespace gesture::metrics
