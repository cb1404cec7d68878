// SPDX-License-Identifier: Apache-2.0
// Charts for print: on white, with the colours of the light theme.
#include "app/studio/training/run_charts.h"
#include "core/base/atomic_file.h"
#include "core/io/figures/figure_files.h"

#include <QLocale>

#include <fmt/format.h>

#include <cmath>

namespace gesture::app {

namespace {

constexpr double kWidthMillimetres = 120.0;
constexpr double kHeightMillimetres = 72.0;
constexpr double kLeft = 40.0; ///< Points, as all below.
constexpr double kRight = 10.0;
constexpr double kTop = 34.0;
constexpr double kBottom = 26.0;
constexpr double kTickSize = 7.0;

io::Colour inkOf(const QColor& colour) {
    return {static_cast<std::uint8_t>(colour.red()), static_cast<std::uint8_t>(colour.green()),
            static_cast<std::uint8_t>(colour.blue())};
}

io::Colour inkOf(QColor Theme::*member) {
    return inkOf(member != nullptr ? lightTheme().*member : lightTheme().tx3);
}

/// From values to the paper.
struct Paper {
    io::FigureBox plot;
    ValueRange steps;
    ValueRange values;
    bool logarithmic = false;

    [[nodiscard]] double x(double step) const {
        return plot.x + (step - steps.low) / steps.length() * plot.width;
    }
    [[nodiscard]] double y(double value) const {
        const double share = logarithmic && values.low > 0.0
                                 ? std::log(std::max(value, 1e-300) / values.low) /
                                       std::log(values.high / values.low)
                                 : (value - values.low) / values.length();
        return plot.bottom() - share * plot.height;
    }
};

void drawAxes(io::Figure& figure, const Paper& paper) {
    const io::Colour faint = inkOf(lightTheme().tx3);
    io::TextStyle style{kTickSize, io::TextWeight::Regular, io::TextAnchor::End, faint, 0.0};
    for (const double value : ticksIn(paper.values, 6, paper.logarithmic)) {
        const double y = paper.y(value);
        figure.line({{paper.plot.x, y}, {paper.plot.right(), y}}, {inkOf(lightTheme().line), 0.5});
        figure.text({paper.plot.x - 5, y + 2.5}, fmt::format("{:.4g}", value), style);
    }
    style.anchor = io::TextAnchor::Middle;
    for (const double step : ticksIn(paper.steps, 6, false))
        figure.text({paper.x(step), paper.plot.bottom() + 11}, fmt::format("{:.0f}", step), style);
    style.anchor = io::TextAnchor::End;
    figure.text({paper.plot.right(), paper.plot.bottom() + 21}, "step", style);
}

void drawStroke(io::Figure& figure, const Paper& paper, const std::vector<double>& steps,
                const std::vector<double>& values, const io::Pen& pen) {
    std::vector<io::FigurePoint> points;
    const auto flush = [&] {
        if (points.size() > 1) figure.line(std::move(points), pen);
        points.clear();
    };
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const double y = paper.y(values[i]);
        if (std::isfinite(y))
            points.push_back({paper.x(steps[i]), y});
        else
            flush();
    }
    flush();
}

void drawCurves(io::Figure& figure, const Paper& paper, const ChartFigure& chart) {
    figure.beginClip(paper.plot);
    for (const ChartCurve& curve : chart.content.curves) {
        io::Colour ink = inkOf(curve.colour);
        const double weight = curve.marked ? 0.0 : chart.view.smoothing;
        if (weight > 0.0 && !curve.compared) {
            io::Colour soft = ink;
            soft.alpha = 0.25F;
            drawStroke(figure, paper, curve.steps, curve.values, {soft, 0.5});
        }
        io::Pen pen{ink, 1.1};
        if (curve.compared) {
            pen.dash = 4.0;
            pen.gap = 3.0;
        }
        drawStroke(figure, paper, curve.steps, smoothed(curve.values, weight), pen);
    }
    figure.endClip();
}

void drawHead(io::Figure& figure, const ChartFigure& chart) {
    const io::Colour ink = inkOf(lightTheme().tx1);
    figure.text({8, 13}, fmt::format("{} – {}", chart.content.title.toStdString(), chart.run),
                {8.5, io::TextWeight::Bold, io::TextAnchor::Start, ink, 0.0});
    double x = 8;
    for (const ChartCurve& curve : chart.content.curves) {
        figure.line({{x, 23}, {x + 10, 23}}, {inkOf(curve.colour), 1.4});
        const std::string name = curve.name.toStdString();
        figure.text({x + 14, 25.5}, name,
                    {kTickSize, io::TextWeight::Regular, io::TextAnchor::Start, ink, 0.0});
        constexpr double kLetter = 3.9;
        x += 24 + kLetter * static_cast<double>(name.size());
    }
}

io::Figure drawChart(const ChartFigure& chart) {
    const double width = kWidthMillimetres * io::kPointsPerMillimetre;
    const double height = kHeightMillimetres * io::kPointsPerMillimetre;
    io::Figure figure(width, height);
    figure.title = chart.content.title.toStdString();
    figure.description = "Training run " + chart.run;
    figure.program = std::string("Gesture Studio ") + GESTURE_VERSION;
    ValueRange steps{0.0, 1.0};
    std::vector<double> values;
    for (const ChartCurve& curve : chart.content.curves)
        if (!curve.steps.empty()) steps.high = std::max(steps.high, curve.steps.back());
    steps = chart.view.steps.value_or(steps);
    for (const ChartCurve& curve : chart.content.curves) {
        const auto shown = smoothed(curve.values, curve.marked ? 0.0 : chart.view.smoothing);
        for (std::size_t i = 0; i < shown.size(); ++i)
            if (curve.steps[i] >= steps.low && curve.steps[i] <= steps.high)
                values.push_back(shown[i]);
    }
    const Paper paper{{kLeft, kTop, width - kLeft - kRight, height - kTop - kBottom},
                      steps,
                      roomFor(values, chart.view.logarithmic),
                      chart.view.logarithmic};
    drawHead(figure, chart);
    drawAxes(figure, paper);
    drawCurves(figure, paper, chart);
    return figure;
}

std::string tableOf(const ChartFigure& chart) {
    std::string table = "curve,step,value\n";
    for (const ChartCurve& curve : chart.content.curves)
        for (std::size_t i = 0; i < curve.steps.size(); ++i)
            table += fmt::format("{},{},{}\n", curve.name.toStdString(), curve.steps[i],
                                 curve.values[i]);
    return table;
}

} // namespace

Status saveChart(const ChartFigure& chart, const std::filesystem::path& target) {
    if (target.extension() == ".csv") return writeTextAtomically(target, tableOf(chart));
    return io::saveFigure(drawChart(chart), target);
}

} // namespace gesture::app
