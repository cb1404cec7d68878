// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/training/curve_chart.h"
#include "app/studio/training/run_record.h"
#include "core/base/result.h"

#include <memory>
#include <vector>

namespace gesture::app {

/// The charts of a run: loss, the figure that selects, gradient, and whatever else it measured,
/// each with its kin. Curves of `compared` runs are dashed beside the first curve of each chart.
[[nodiscard]] std::vector<ChartContent>
chartsOf(const RunRecord& run, const std::vector<std::shared_ptr<const RunRecord>>& compared);

/// All values of the charts as CSV: run, split, figure, step, value.
[[nodiscard]] std::string curveTable(const std::vector<std::shared_ptr<const RunRecord>>& runs);

/// A chart for print.
struct ChartFigure {
    std::string run;
    ChartContent content;
    ChartView view;
};
/// Writes a chart as .svg, .pdf or .png, or its points as .csv, by the ending. Usage, Io.
[[nodiscard]] Status saveChart(const ChartFigure& chart, const std::filesystem::path& target);

} // namespace gesture::app
