// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace gesture::metrics {

/// Pearson's correlation of two curves of the same length; nothing when one of them is constant or
/// there are fewer than two values.
[[nodiscard]] std::optional<double> correlation(std::span<const float> a, std::span<const float> b);

/// The curve moved by half of its length, the end coming round to the start: the control of
/// correlations and scores, what is left when only the statistics agree (numpy.roll by n / 2).
[[nodiscard]] std::vector<float> shiftedByHalf(std::span<const float> curve);

/// Area under the ROC curve: how probably a value whose label is 1 exceeds one whose label is 0,
/// equal ones counting half. Nothing when labels are of one kind only or a value is not a number.
/// Both of the same length.
[[nodiscard]] std::optional<double> areaUnderRoc(std::span<const float> scores,
                                                 std::span<const std::uint8_t> labels);

/// A threshold's place on the receiver operating characteristic.
struct RocPoint {
    double falseShare = 0; ///< Of what is not meant, so much is found.
    double trueShare = 0;  ///< Of what is meant, so much is found.
};

/// How well a score tells what is meant from what is not (Fawcett 2006).
struct RocCurve {
    std::vector<RocPoint> points; ///< From (0, 0) to (1, 1); equal scores make one step.
    double area = 0.5;            ///< As `areaUnderRoc`; 0.5 without points.
};

/// `meant` has a value a score: above 0.5 is meant. Values that are NaN in either, and those that
/// the other one lacks, are left out. No points when all or none is meant.
[[nodiscard]] RocCurve rocOf(std::span<const float> score, std::span<const float> meant);

/// The mean of the areas within windows of `window` values, `hop` apart, that hold both labels;
/// a curve shorter than a window is one. Nothing when no window does.
[[nodiscard]] std::optional<double> windowedAreaUnderRoc(std::span<const float> scores,
                                                         std::span<const std::uint8_t> labels,
                                                         std::size_t window, std::size_t hop);

} // namespace gesture::metrics
