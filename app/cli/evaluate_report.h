// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/metrics/evaluation.h"
#include "core/metrics/metric_mode.h"

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace gesture::app {

/// All that `gesture evaluate` found out.
struct EvaluationReport {
    metrics::MetricMode mode = metrics::MetricMode::Paper;
    std::vector<metrics::ClipMeasures> clips;
    metrics::ClipMeasures total;
    std::vector<std::string> notes; ///< Sentences: what the numbers do not say by themselves.
};

/// A table for people: all metrics over all clips with the reason where one is missing, then the
/// most asked-for ones for each clip.
[[nodiscard]] std::string reportTable(const EvaluationReport& report);
[[nodiscard]] nlohmann::json reportJson(const EvaluationReport& report);
/// A row a clip and a last one, "all"; empty cells for what could not be measured.
[[nodiscard]] std::string reportCsv(const EvaluationReport& report);

/// Whether a report can be written to a file of this name (.csv, .json). Usage.
[[nodiscard]] Status checkReportPath(const std::filesystem::path& path);
[[nodiscard]] Status writeReport(const EvaluationReport& report, const std::filesystem::path& path);

/// Every metric in words: unit, factor of the papers' tables, formula, and what differs by mode.
[[nodiscard]] std::string explainMetrics(metrics::MetricMode mode);

} // namespace gesture::app
