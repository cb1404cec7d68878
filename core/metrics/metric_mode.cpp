// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/metric_mode.h"

namespace gesture::metrics {

std::string_view nameOf(MetricMode mode) {
    switch (mode) {
    case MetricMode::Paper:
        return "paper";
    case MetricMode::EvalTools:
        return "evaltools";
    case MetricMode::Standard:
        return "standard";
    }
    return {};
}

std::optional<MetricMode> metricModeFrom(std::string_view name) {
    for (const MetricMode mode : {MetricMode::Paper, MetricMode::EvalTools, MetricMode::Standard})
        if (name == nameOf(mode)) return mode;
    return std::nullopt;
}

} // namespace gesture::metrics
