// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

namespace gesture::app {

/// Running mean with exponential weights, corrected for its beginning (as TensorBoard's): `weight`
/// 0 gives the values themselves, below 1. What is not a number is passed over and stays so.
[[nodiscard]] std::vector<double> smoothed(std::span<const double> values, double weight);

/// Lowest and highest.
struct ValueRange {
    double low = 0.0;
    double high = 1.0;
    [[nodiscard]] double length() const { return high - low; }
    bool operator==(const ValueRange&) const = default;
};

/// From `values` with room above and below; a range of its own where there are none, or all are
/// alike. `logarithmic`: positive values alone count.
[[nodiscard]] ValueRange roomFor(std::span<const double> values, bool logarithmic);

/// Round values (1, 2, 5 times a power of ten) inside a range, at most `most`; whole powers of ten
/// (and 2 and 5 times them, while there is room) on a logarithmic one.
[[nodiscard]] std::vector<double> ticksIn(ValueRange range, int most, bool logarithmic);

/// Index of the step that is nearest; -1 where there are none. `steps` rise.
[[nodiscard]] int nearestStep(std::span<const double> steps, double step);

} // namespace gesture::app
