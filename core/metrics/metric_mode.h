// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gesture::metrics {

/// Whose formulas. docs/metrics.md lists every difference.
enum class MetricMode : std::uint8_t {
    /// As the `test()` of the trainers of EMAGE, SemTalk and EchoMask computes them, slips
    /// included: what their papers' tables were made with.
    Paper,
    /// As PantoMatrix's `emage_evaltools` computes them; not comparable with those tables.
    EvalTools,
    /// As they are meant: the slips corrected.
    Standard,
};

[[nodiscard]] std::string_view nameOf(MetricMode mode); // "paper", "evaltools", "standard"
[[nodiscard]] std::optional<MetricMode> metricModeFrom(std::string_view name);

} // namespace gesture::metrics
