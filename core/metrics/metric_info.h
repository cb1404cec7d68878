// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/metrics/metric_mode.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace gesture::metrics {

/// What is measured, in the order of tables.
enum class Metric : std::uint8_t {
    Fgd,
    Bc,
    Div,
    Mse,
    Lvd,
    HandCorrelation,
    HandControl,
    StrokeF1,
    StrokeControl,
    StrokeScore,
    StrokeTiming,
    WristAcceleration,
    WristAccelerationRatio,
    WristJerk,
    WristJerkRatio,
    HeadSpeed,
    HeadSpeedRatio,
    FootSlide,
    JawCorrelation,
    JawControl,
    MouthCorrelation,
    SemanticAuc,
    AttentionAuc,
};
inline constexpr std::size_t kMetricCount = 23;

/// What a metric is, in words for people.
struct MetricInfo {
    Metric metric = Metric::Fgd;
    std::string_view key;     ///< In files: "fgd".
    std::string_view title;   ///< "FGD"
    std::string_view unit;    ///< Empty: none.
    double paperFactor = 0.0; ///< Tables of papers print the value times this; 0: they do not.
    std::string_view better;  ///< "lower", "higher", "near 1", "near the reference's".
    std::string_view formula;
    std::string_view inPaperMode; ///< What is special in a mode; empty: as the formula says.
    std::string_view inEvalToolsMode;
    std::string_view inStandardMode;

    [[nodiscard]] std::string_view in(MetricMode mode) const;
};

/// Of all metrics, in their order.
[[nodiscard]] std::span<const MetricInfo, kMetricCount> metricInfos();
[[nodiscard]] const MetricInfo& infoOf(Metric metric);

} // namespace gesture::metrics
