// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/curve_math.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gesture::app {

std::vector<double> smoothed(std::span<const double> values, double weight) {
    std::vector<double> out(values.begin(), values.end());
    if (weight <= 0.0) return out;
    double mean = 0.0;
    double share = 1.0;
    for (double& value : out) {
        if (!std::isfinite(value)) continue;
        mean = weight * mean + (1.0 - weight) * value;
        share *= weight;
        value = mean / (1.0 - share);
    }
    return out;
}

ValueRange roomFor(std::span<const double> values, bool logarithmic) {
    ValueRange range{std::numeric_limits<double>::infinity(),
                     -std::numeric_limits<double>::infinity()};
    for (const double value : values) {
        if (!std::isfinite(value) || (logarithmic && value <= 0.0)) continue;
        range.low = std::min(range.low, value);
        range.high = std::max(range.high, value);
    }
    if (range.low > range.high) return logarithmic ? ValueRange{0.1, 1.0} : ValueRange{0.0, 1.0};
    constexpr double kRoom = 0.06;
    if (logarithmic) {
        const double factor =
            range.high > range.low ? std::pow(range.high / range.low, kRoom) : 2.0;
        return {range.low / factor, range.high * factor};
    }
    double room = kRoom * range.length();
    // What differs by the rounding of its mean alone is shown as level.
    constexpr double kAlike = 1e-9;
    const bool alike =
        range.length() <= kAlike * std::max(std::abs(range.low), std::abs(range.high));
    if (alike) room = range.high != 0.0 ? 0.1 * std::abs(range.high) : 0.5;
    // Figures that cannot be negative are not shown as if they could.
    const double low = range.low - room;
    return {range.low >= 0.0 ? std::max(0.0, low) : low, range.high + room};
}

std::vector<double> ticksIn(ValueRange range, int most, bool logarithmic) {
    std::vector<double> ticks;
    // A range that is narrower than its numbers are exact has no round values inside.
    const double exact = 1e-12 * std::max(std::abs(range.low), std::abs(range.high));
    if (!(range.length() > exact) || most < 1) return ticks;
    if (logarithmic && range.low > 0.0) {
        const int first = static_cast<int>(std::floor(std::log10(range.low)));
        const int last = static_cast<int>(std::ceil(std::log10(range.high)));
        const bool dense = last - first <= most / 3 + 1;
        for (int power = first; power <= last; ++power) {
            for (const double factor : {1.0, 2.0, 5.0}) {
                const double value = factor * std::pow(10.0, power);
                const bool inside = value >= range.low && value <= range.high;
                if (inside && (dense || factor == 1.0)) ticks.push_back(value);
            }
        }
        return ticks;
    }
    double step = std::pow(10.0, std::floor(std::log10(range.length() / most)));
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
        if (range.length() / (step * factor) > most) continue;
        step *= factor;
        break;
    }
    for (double i = std::ceil(range.low / step); i * step <= range.high; ++i)
        ticks.push_back(i * step);
    return ticks;
}

int nearestStep(std::span<const double> steps, double step) {
    if (steps.empty()) return -1;
    const auto above = std::lower_bound(steps.begin(), steps.end(), step);
    if (above == steps.begin()) return 0;
    if (above == steps.end()) return static_cast<int>(steps.size()) - 1;
    const auto at = static_cast<int>(above - steps.begin());
    return *above - step < step - *(above - 1) ? at : at - 1;
}

} // namespace gesture::app
