// SPDX-License-Identifier: Apache-2.0
#include "app/cli/evaluate_report.h"

#include "core/base/atomic_file.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace gesture::app {

namespace {

using metrics::ClipMeasures;
using metrics::Measure;
using metrics::Metric;
using metrics::MetricInfo;
using metrics::MetricMode;
using nlohmann::json;

/// What the table shows of each clip.
constexpr std::array<Metric, 8> kShownOfClips{Metric::Bc,
                                              Metric::Div,
                                              Metric::Mse,
                                              Metric::Lvd,
                                              Metric::HandCorrelation,
                                              Metric::StrokeF1,
                                              Metric::FootSlide,
                                              Metric::JawCorrelation};
constexpr std::size_t kTextWidth = 96;

std::string valueText(const std::optional<double>& value) {
    return value ? fmt::format("{:.5g}", *value) : std::string("–");
}

std::string paperText(const MetricInfo& info, const Measure& measure) {
    if (!measure.value || info.paperFactor == 0.0) return {};
    return fmt::format("{:.3f}", *measure.value * info.paperFactor);
}

std::string clipTable(const EvaluationReport& report) {
    std::vector<Metric> shown;
    for (const Metric metric : kShownOfClips)
        if (report.total[metric].value) shown.push_back(metric);
    std::string text = fmt::format("\n{:<28} {:>7}", "clip", "frames");
    for (const Metric metric : shown)
        text += fmt::format(" {:>18}", metrics::infoOf(metric).key);
    for (const ClipMeasures& clip : report.clips) {
        text += fmt::format("\n{:<28} {:>7}", clip.name, clip.frames);
        for (const Metric metric : shown)
            text += fmt::format(" {:>18}", valueText(clip[metric].value));
    }
    return text;
}

json clipJson(const ClipMeasures& clip) {
    json values = json::object();
    json missing = json::object();
    for (const MetricInfo& info : metrics::metricInfos()) {
        const Measure& measure = clip[info.metric];
        if (measure.value) values[std::string(info.key)] = *measure.value;
        if (!measure.reason.empty()) missing[std::string(info.key)] = measure.reason;
    }
    return {{"name", clip.name},
            {"frames", clip.frames},
            {"metrics", std::move(values)},
            {"remarks", std::move(missing)}};
}

/// A name as a cell of CSV.
std::string quoted(const std::string& name) {
    if (name.find_first_of(",\"\n\r") == std::string::npos) return name;
    std::string text = "\"";
    for (const char sign : name)
        text += sign == '"' ? std::string("\"\"") : std::string(1, sign);
    return text + "\"";
}

/// Words broken into lines, each after `indent` spaces.
std::string wrapped(std::string_view text, std::size_t indent) {
    std::string result;
    std::size_t column = kTextWidth + 1;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (column + 1 + end > kTextWidth) {
            result += "\n" + std::string(indent, ' ');
            column = indent;
        } else {
            result += ' ';
            ++column;
        }
        result += text.substr(0, end);
        column += end;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

std::string explained(const MetricInfo& info, MetricMode asked) {
    std::string text = fmt::format("{} ({})", info.title, info.key);
    if (!info.unit.empty()) text += fmt::format(", in {}", info.unit);
    if (!info.better.empty()) text += fmt::format("; good: {}", info.better);
    if (info.paperFactor == 1.0) text += "; papers print it as it is";
    if (info.paperFactor > 1.0)
        text += fmt::format("; papers print it times {:g}", info.paperFactor);
    text += wrapped(info.formula, 4);
    for (const MetricMode mode : {MetricMode::Paper, MetricMode::EvalTools, MetricMode::Standard}) {
        const std::string_view special = info.in(mode);
        if (special.empty()) continue;
        text +=
            wrapped(fmt::format("{}{}: {}", mode == asked ? "> " : "", nameOf(mode), special), 4);
    }
    return text + "\n";
}

} // namespace

std::string reportTable(const EvaluationReport& report) {
    std::string text =
        fmt::format("{} clip{}, {} frames ({:.1f} s), mode '{}'\n\n{:<24} {:>11} {:<5} {:>10}  {}",
                    report.clips.size(), report.clips.size() == 1 ? "" : "s", report.total.frames,
                    static_cast<double>(report.total.frames) / 30.0, nameOf(report.mode), "metric",
                    "value", "unit", "in papers", "remark");
    for (const MetricInfo& info : metrics::metricInfos()) {
        const Measure& measure = report.total[info.metric];
        text +=
            fmt::format("\n{:<24} {:>11} {:<5} {:>10}  {}", info.title, valueText(measure.value),
                        info.unit, paperText(info, measure), measure.reason);
        text.erase(text.find_last_not_of(' ') + 1);
    }
    if (report.clips.size() > 1) text += "\n" + clipTable(report);
    return text;
}

json reportJson(const EvaluationReport& report) {
    json clips = json::array();
    for (const ClipMeasures& clip : report.clips)
        clips.push_back(clipJson(clip));
    json inPapers = json::object();
    for (const MetricInfo& info : metrics::metricInfos()) {
        const Measure& measure = report.total[info.metric];
        if (measure.value && info.paperFactor != 0.0)
            inPapers[std::string(info.key)] = *measure.value * info.paperFactor;
    }
    return {{"mode", nameOf(report.mode)},
            {"clips", std::move(clips)},
            {"all", clipJson(report.total)},
            {"inPapers", std::move(inPapers)},
            {"notes", report.notes}};
}

std::string reportCsv(const EvaluationReport& report) {
    std::string text = "clip,frames";
    for (const MetricInfo& info : metrics::metricInfos())
        text += fmt::format(",{}", info.key);
    std::vector<ClipMeasures> rows = report.clips;
    rows.push_back(report.total);
    for (const ClipMeasures& row : rows) {
        text += fmt::format("\n{},{}", quoted(row.name), row.frames);
        for (const Measure& measure : row.measures)
            text += measure.value ? fmt::format(",{:.9g}", *measure.value) : std::string(",");
    }
    return text + "\n";
}

Status checkReportPath(const std::filesystem::path& path) {
    if (path.extension() == ".csv" || path.extension() == ".json") return Status::success();
    return Error{ErrorCode::Usage,
                 fmt::format("Metrics are written as .csv or .json, not as '{}'.", path.string())};
}

Status writeReport(const EvaluationReport& report, const std::filesystem::path& path) {
    if (auto valid = checkReportPath(path); !valid) return valid;
    const bool csv = path.extension() == ".csv";
    return writeTextAtomically(path, csv ? reportCsv(report) : reportJson(report).dump(2) + "\n");
}

std::string explainMetrics(MetricMode mode) {
    std::string text =
        "Modes: 'paper' computes what the test scripts of EMAGE, SemTalk and EchoMask compute, "
        "slips "
        "included, and is what their tables show; 'evaltools' is PantoMatrix's emage_evaltools; "
        "'standard' is what the metrics are meant to be.";
    text = wrapped(text, 0).substr(1) + "\n";
    for (const MetricInfo& info : metrics::metricInfos())
        text += "\n" + explained(info, mode);
    text.pop_back();
    return text;
}

} // namespace gesture::app
