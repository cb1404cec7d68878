// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/curve_statistics.h"

#include "core/base/assert.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gesture::metrics {

std::optional<double> correlation(std::span<const float> a, std::span<const float> b) {
    GESTURE_ASSERT(a.size() == b.size());
    const auto count = static_cast<double>(a.size());
    if (a.size() < 2) return std::nullopt;
    const double meanA = std::accumulate(a.begin(), a.end(), 0.0) / count;
    const double meanB = std::accumulate(b.begin(), b.end(), 0.0) / count;
    double together = 0.0;
    double squaresA = 0.0;
    double squaresB = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double x = static_cast<double>(a[i]) - meanA;
        const double y = static_cast<double>(b[i]) - meanB;
        together += x * y;
        squaresA += x * x;
        squaresB += y * y;
    }
    // What rounding makes of constant curves is no movement.
    constexpr double kNothing = 1e-20;
    if (!(squaresA > kNothing * count && squaresB > kNothing * count)) return std::nullopt;
    return together / std::sqrt(squaresA * squaresB);
}

std::vector<float> shiftedByHalf(std::span<const float> curve) {
    std::vector<float> shifted(curve.size());
    const std::size_t half = curve.size() / 2;
    for (std::size_t i = 0; i < curve.size(); ++i)
        shifted[(i + half) % curve.size()] = curve[i];
    return shifted;
}

std::optional<double> areaUnderRoc(std::span<const float> scores,
                                   std::span<const std::uint8_t> labels) {
    GESTURE_ASSERT(scores.size() == labels.size());
    if (std::any_of(scores.begin(), scores.end(), [](float x) { return std::isnan(x); }))
        return std::nullopt;
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
    double ranks = 0.0;
    double ones = 0.0;
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        double onesHere = 0.0;
        for (; end < order.size() && scores[order[end]] == scores[order[begin]]; ++end)
            onesHere += labels[order[end]] != 0 ? 1.0 : 0.0;
        // Equal values share the mean of their ranks begin + 1 … end.
        ranks += onesHere * 0.5 * static_cast<double>(begin + 1 + end);
        ones += onesHere;
        begin = end;
    }
    const double zeros = static_cast<double>(scores.size()) - ones;
    if (ones == 0.0 || zeros == 0.0) return std::nullopt;
    return (ranks - ones * (ones + 1.0) / 2.0) / (ones * zeros);
}

RocCurve rocOf(std::span<const float> score, std::span<const float> meant) {
    std::vector<float> known;
    std::vector<std::uint8_t> labels;
    for (std::size_t i = 0; i < std::min(score.size(), meant.size()); ++i) {
        if (std::isnan(score[i]) || std::isnan(meant[i])) continue;
        known.push_back(score[i]);
        labels.push_back(meant[i] > 0.5F ? 1 : 0);
    }
    RocCurve curve;
    const auto area = areaUnderRoc(known, labels);
    if (!area) return curve;
    curve.area = *area;
    std::vector<std::size_t> order(known.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return known[a] > known[b]; });
    const auto yes = static_cast<double>(std::count(labels.begin(), labels.end(), 1));
    const double no = static_cast<double>(known.size()) - yes;
    curve.points.push_back({});
    double found = 0;
    double wrong = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        (labels[order[i]] != 0 ? found : wrong) += 1;
        if (i + 1 < order.size() && known[order[i + 1]] == known[order[i]]) continue;
        curve.points.push_back({wrong / no, found / yes});
    }
    return curve;
}

std::optional<double> windowedAreaUnderRoc(std::span<const float> scores,
                                           std::span<const std::uint8_t> labels, std::size_t window,
                                           std::size_t hop) {
    GESTURE_ASSERT(scores.size() == labels.size() && window > 0 && hop > 0);
    const std::size_t size = std::min(window, scores.size());
    double sum = 0.0;
    int windows = 0;
    for (std::size_t begin = 0; begin + size <= scores.size(); begin += hop) {
        const auto area = areaUnderRoc(scores.subspan(begin, size), labels.subspan(begin, size));
        if (area) sum += *area;
        if (area) ++windows;
    }
    if (windows == 0) return std::nullopt;
    return sum / windows;
}

} // namespace gesture::metrics
