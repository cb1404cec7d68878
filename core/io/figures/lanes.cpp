// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/lanes.h"

#include <algorithm>
#include <cmath>

namespace gesture::io {

namespace {

constexpr double kLegendSize = 6.5;
constexpr double kLegendPitch = 9.0;
constexpr double kLegendSample = 11.0;

/// Calls with each run of known values: [from, to).
template <typename Visit>
void forKnownRuns(const std::vector<float>& values, std::pair<std::size_t, std::size_t> range,
                  Visit&& visit) {
    std::size_t from = range.first;
    while (from < range.second) {
        if (std::isnan(values[from])) {
            ++from;
            continue;
        }
        std::size_t to = from;
        while (to < range.second && !std::isnan(values[to]))
            ++to;
        visit(from, to);
        from = to;
    }
}

TextStyle legendStyle() { return {kLegendSize, TextWeight::Regular, TextAnchor::Start, kInk, 0.0}; }

} // namespace

std::pair<std::size_t, std::size_t> visiblePart(const Series& series, const LinearScale& time) {
    const auto size = static_cast<double>(series.values.size());
    const double first = std::floor(time.first * series.perSecond + 1e-6);
    const double last = std::ceil(time.last * series.perSecond - 1e-6);
    return {static_cast<std::size_t>(std::clamp(first, 0.0, size)),
            static_cast<std::size_t>(std::clamp(last, 0.0, size))};
}

Pen partPen(motion::BodyPart part) {
    const Colour colour = partColour(part);
    switch (part) {
    case motion::BodyPart::Face:
        return {colour, 0.9, 6.0, 1.5};
    case motion::BodyPart::Upper:
        return {colour, 0.9, 0.0, 0.0};
    case motion::BodyPart::Hands:
        return {colour, 1.0, 1.2, 1.2};
    case motion::BodyPart::Lower:
        return {colour, 0.9, 3.0, 1.5};
    }
    return {};
}

void drawLaneName(Figure& figure, const FigureBox& box, const std::string& name,
                  const std::string& small) {
    const TextStyle plain{kLabelSize, TextWeight::Regular, TextAnchor::Start, kInk, 0.0};
    const TextStyle faint{kLegendSize, TextWeight::Regular, TextAnchor::Start, kFaint, 0.0};
    const double middle = box.y + box.height / 2.0;
    const double baseline = small.empty() ? middle + kLabelSize * 0.35 : middle - 0.5;
    figure.text({kMargin, baseline}, name, plain);
    if (!small.empty()) figure.text({kMargin, baseline + kLegendSize + 1.5}, small, faint);
}

void drawLaneFrame(Figure& figure, const LaneArea& area) {
    const double room = area.time.to - area.time.from;
    const Ticks ticks =
        ticksBetween(area.time.first, area.time.last, std::max(2, static_cast<int>(room / 34.0)));
    for (const double value : ticks.values) {
        const double x = area.time.at(value);
        figure.line({{x, area.box.y}, {x, area.box.bottom()}}, {kGridLine, 0.4, 0.0, 0.0});
    }
    figure.line({{area.box.x, area.box.y}, {area.box.x, area.box.bottom()}}, kAxisPen);
    figure.line({{area.box.x, area.box.bottom()}, {area.box.right(), area.box.bottom()}}, kAxisPen);
}

void drawStrip(Figure& figure, const LaneArea& area, const Series& series,
               const ColourScale& scale) {
    const auto [first, last] = visiblePart(series, area.time);
    if (first < last) {
        const double left = area.time.at(static_cast<double>(first) / series.perSecond);
        const double right = area.time.at(static_cast<double>(last) / series.perSecond);
        DrawnRaster raster{{left, area.box.y, right - left, area.box.height},
                           static_cast<int>(last - first),
                           1,
                           {}};
        for (std::size_t i = first; i < last; ++i) {
            const float value = series.values[i];
            const Colour colour =
                std::isnan(value) ? Colour{255, 255, 255} : scale.of(static_cast<double>(value));
            raster.rgb.insert(raster.rgb.end(), {colour.red, colour.green, colour.blue});
        }
        figure.beginClip(area.box);
        figure.raster(std::move(raster));
        figure.endClip();
    }
    figure.frame(area.box, kAxisPen);
}

void drawCurve(Figure& figure, const LaneArea& area, const LinearScale& y, const Series& series,
               const Pen& pen) {
    auto range = visiblePart(series, area.time);
    // The neighbours outside, so that the curve runs up to the border.
    if (range.first > 0) --range.first;
    range.second = std::min(range.second + 1, series.values.size());
    figure.beginClip(area.box);
    forKnownRuns(series.values, range, [&](std::size_t from, std::size_t to) {
        std::vector<FigurePoint> points;
        for (std::size_t i = from; i < to; ++i)
            points.push_back({area.time.at((static_cast<double>(i) + 0.5) / series.perSecond),
                              y.at(static_cast<double>(series.values[i]))});
        figure.line(std::move(points), pen);
    });
    figure.endClip();
}

void drawSteps(Figure& figure, const LaneArea& area, const LinearScale& y, const Series& series,
               const Pen& pen) {
    figure.beginClip(area.box);
    forKnownRuns(
        series.values, visiblePart(series, area.time), [&](std::size_t from, std::size_t to) {
            std::vector<FigurePoint> points;
            for (std::size_t i = from; i < to; ++i) {
                const double level = y.at(static_cast<double>(series.values[i]));
                for (const std::size_t edge : {i, i + 1})
                    points.push_back(
                        {area.time.at(static_cast<double>(edge) / series.perSecond), level});
            }
            figure.line(std::move(points), pen);
        });
    figure.endClip();
}

void drawLegendLine(Figure& figure, const FigureBox& box, int row, const std::string& name,
                    const Pen& pen) {
    const double y = box.y + kLegendPitch * (row + 0.5);
    const double x = box.right() + 7.0;
    figure.line({{x, y}, {x + kLegendSample, y}}, pen);
    figure.text({x + kLegendSample + 3.0, y + kLegendSize * 0.35}, name, legendStyle());
}

void drawLegendBox(Figure& figure, const FigureBox& box, int row, const std::string& name,
                   const Colour& colour) {
    const double y = box.y + kLegendPitch * (row + 0.5);
    const double x = box.right() + 7.0;
    figure.box({x, y - 2.5, kLegendSample, 5.0}, colour);
    figure.text({x + kLegendSample + 3.0, y + kLegendSize * 0.35}, name, legendStyle());
}

Figure drawLanes(const LanePage& page, const std::vector<Lane>& lanes) {
    const double width = page.widthMillimetres * kPointsPerMillimetre;
    const LinearScale time{page.range.begin.value, page.range.end.value, kLaneLeft,
                           width - kLaneRight};
    const WordLayout words = layOutWords(page.words, time);
    const auto print = provenanceLines(page.provenance, width - 2 * kMargin);
    double height = titleHeight() + 2.0;
    for (const Lane& lane : lanes)
        height += lane.height + lane.gap;
    const double axisHeight = kTickLength + kTickSize + 4.0;
    Figure figure(width, height + axisHeight + words.height + kLabelSize + 4.0 +
                             provenanceHeight(print) + kMargin);
    figure.title = page.title;
    figure.description = page.subtitle;
    figure.program = page.provenance.program;

    double y = drawTitle(figure, page.title, page.subtitle) + 2.0;
    for (const Lane& lane : lanes) {
        lane.draw(figure, {{kLaneLeft, y, time.to - time.from, lane.height}, time});
        y += lane.height + lane.gap;
    }
    y -= lanes.empty() ? 0.0 : lanes.back().gap - 2.0;
    figure.line({{time.from, y}, {time.to, y}}, kAxisPen);
    y += drawLevelAxis(figure, time, y) + 2.0;
    drawWords(figure, words, y);
    figure.text({(time.from + time.to) / 2.0, y + words.height + kLabelSize + 1.0}, "Time (s)",
                {kLabelSize, TextWeight::Regular, TextAnchor::Middle, kInk, 0.0});
    drawProvenance(figure, print);
    return figure;
}

} // namespace gesture::io
