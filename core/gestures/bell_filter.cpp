// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/bell_filter.h"

#include <cmath>
#include <cstddef>

namespace gesture::gestures {

namespace {

constexpr double kReach = 4.0; ///< Standard deviations to both sides.

std::vector<double> bellWeights(double sigma) {
    const auto reach = static_cast<std::size_t>(std::ceil(kReach * sigma));
    std::vector<double> weights(reach + 1);
    double sum = 0.0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double x = static_cast<double>(i) / sigma;
        weights[i] = std::exp(-0.5 * x * x);
        sum += i == 0 ? weights[i] : 2.0 * weights[i];
    }
    for (double& weight : weights)
        weight /= sum;
    return weights;
}

/// Place of a value in a row that is reflected at both ends: … 1 0 | 0 1 2 … n-1 | n-1 n-2 …
std::size_t reflected(std::ptrdiff_t place, std::ptrdiff_t count) {
    const std::ptrdiff_t period = 2 * count;
    std::ptrdiff_t inside = place % period;
    if (inside < 0) inside += period;
    return static_cast<std::size_t>(inside < count ? inside : period - 1 - inside);
}

} // namespace

std::vector<double> bellFiltered(std::span<const double> values, double sigma) {
    std::vector<double> result(values.begin(), values.end());
    if (values.size() < 2 || !(sigma > 0.0)) return result;
    const std::vector<double> weights = bellWeights(sigma);
    const auto count = static_cast<std::ptrdiff_t>(values.size());
    const auto reach = static_cast<std::ptrdiff_t>(weights.size()) - 1;
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        double sum = weights[0] * values[static_cast<std::size_t>(i)];
        for (std::ptrdiff_t k = 1; k <= reach; ++k)
            sum += weights[static_cast<std::size_t>(k)] *
                   (values[reflected(i - k, count)] + values[reflected(i + k, count)]);
        result[static_cast<std::size_t>(i)] = sum;
    }
    return result;
}

} // namespace gesture::gestures
