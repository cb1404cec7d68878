// SPDX-License-Identifier: Apache-2.0
#include "app/studio/theme/style_sheet.h"
#include "app/studio/timeline/lanes/column_image.h"
#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/lanes/lane_painters.h"
#include "app/studio/timeline/timeline_text.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace gesture::app {

namespace {

constexpr double kTop = 6;
constexpr double kBottom = 3;
constexpr double kCurve = 1.4;
constexpr double kNarrowestWindow = 6; ///< Closer borders would be a grey wash.

double heightOf(const QRect& area, float value, float most) {
    const double room = area.height() - kTop - kBottom;
    return area.bottom() - kBottom - value / most * room;
}

/// Height of a curve at each column's edges: between frames it is straight, and where frames are
/// narrower than a column their highest counts. NaN where there is nothing.
struct Heights {
    const LaneScene& scene;
    const QRect& area;
    const ColumnImage& image;
    float most;

    [[nodiscard]] std::vector<double> operator()(const CurveMips& curve) const;
};

std::vector<double> Heights::operator()(const CurveMips& curve) const {
    const double rate = scene.document.rate().perSecond();
    const double step = 1 / scene.ratio;
    std::vector<double> heights(static_cast<std::size_t>(image.columns()) + 1);
    for (std::size_t i = 0; i < heights.size(); ++i) {
        const double x = image.xOf(static_cast<int>(i)) - step / 2;
        const double at = scene.axis.timeAt(x).value * rate;
        const double before = std::floor(at);
        float value = 0;
        if (scene.pixelsPerFrame() >= step) {
            const float from = curve.at(static_cast<std::int64_t>(before));
            const float to = curve.at(static_cast<std::int64_t>(before) + 1);
            value = from + (std::isnan(to) ? 0 : static_cast<float>(at - before) * (to - from));
        } else {
            const double next = scene.axis.timeAt(x + step).value * rate;
            value = curve.highest(static_cast<std::int64_t>(before),
                                  std::max(static_cast<std::int64_t>(std::floor(next)),
                                           static_cast<std::int64_t>(before) + 1));
        }
        heights[i] = heightOf(area, value, most);
    }
    return heights;
}

/// As thick everywhere: a steep piece is taller in its column.
void drawCurve(ColumnImage& image, const std::vector<double>& heights, QRgb ink, double ratio) {
    for (int i = 0; i < image.columns(); ++i) {
        const double from = heights[static_cast<std::size_t>(i)];
        const double to = heights[static_cast<std::size_t>(i) + 1];
        if (std::isnan(from) || std::isnan(to)) continue;
        const double slope = (to - from) * ratio;
        const double half = kCurve / 2 * std::min(std::hypot(1.0, slope), 3.0);
        const double middle = (from + to) / 2;
        const double reach = std::max(half, std::abs(to - from) / 2);
        image.fill(i, middle - reach, middle + reach, ink);
    }
}

void paintWindows(QPainter& painter, const LaneScene& scene, const QRect& area) {
    const ImportanceCurves& curves = *scene.content.importance;
    const FrameRange shown = visibleFrames(scene);
    const auto first = std::lower_bound(curves.borders.begin(), curves.borders.end(), shown.begin);
    const auto last = std::lower_bound(first, curves.borders.end(), shown.end);
    const double room = (last - first) < 2 ? kNarrowestWindow
                                           : scene.clip.width() / static_cast<double>(last - first);
    if (room >= kNarrowestWindow) {
        painter.setPen(QPen(withAlpha(scene.theme.tx3, 0.55), 1, Qt::DotLine));
        for (auto border = first; border != last; ++border) {
            const double x = std::floor(scene.xOf(*border)) + 0.5;
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        }
    }
    for (const FrameRange& window : curves.editWindows) {
        if (window.end <= shown.begin || shown.end <= window.begin) continue;
        drawRounded(
            painter,
            columns(area.adjusted(0, 1, 0, -1), scene.xOf(window.begin), scene.xOf(window.end)), 2,
            withAlpha(scene.theme.tx3, 0.06), withAlpha(scene.theme.tx3, 0.55));
    }
}

struct PartCurve {
    const CurveMips& curve;
    QColor colour;
};

std::array<PartCurve, 3> curvesOf(const LaneScene& scene, const CurveSet& set) {
    return {{{set.lower, scene.theme.lower},
             {set.upper, scene.theme.upper},
             {set.hands, scene.theme.hands}}};
}

/// The parts' curves over the one of all as a soft fill.
void paintCurves(QPainter& painter, const LaneScene& scene, const QRect& area,
                 const CurveSet& set) {
    constexpr int kMargin = 2; // so that columns that are painted anew meet the others
    ColumnImage image(QRectF(scene.clip.left() - kMargin, area.top(),
                             scene.clip.width() + 2 * kMargin, area.height()),
                      scene.ratio);
    const Heights heightsOf{scene, area, image, set.most};
    const auto fused = heightsOf(set.all);
    const QRgb shade = ColumnImage::ink(withAlpha(scene.theme.tx1, 0.08));
    for (int i = 0; i < image.columns(); ++i) {
        const double top = fused[static_cast<std::size_t>(i)];
        if (!std::isnan(top)) image.fill(i, top, area.bottom() - kBottom, shade);
    }
    for (const auto& [curve, colour] : curvesOf(scene, set)) {
        drawCurve(image, heightsOf(curve), ColumnImage::ink(colour), scene.ratio);
    }
    image.paint(painter);
}

void paintDots(QPainter& painter, const LaneScene& scene, const QRect& area, const CurveSet& set) {
    constexpr double kDot = 3.2;
    const FrameIndex frame = scene.document.frame();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const auto& [curve, colour] : curvesOf(scene, set)) {
        const float value = curve.at(frame.value);
        if (std::isnan(value)) continue;
        painter.setPen(QPen(scene.theme.bg1, 1));
        painter.setBrush(colour);
        painter.drawEllipse(
            QPointF(std::floor(scene.xOf(frame)) + 0.5, heightOf(area, value, set.most)), kDot,
            kDot);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace

void paintImportanceLane(QPainter& painter, const LaneScene& scene, const QRect& area) {
    paintWindows(painter, scene, area);
    paintCurves(painter, scene, area, scene.index.importance);
}

void paintImportanceDots(QPainter& painter, const LaneScene& scene, const QRect& area) {
    paintDots(painter, scene, area, scene.index.importance);
}

void paintDifferenceLane(QPainter& painter, const LaneScene& scene, const QRect& area) {
    paintCurves(painter, scene, area, scene.index.difference);
    drawLaneText(painter, {QRectF(area.right() - 90, area.top() + 1, 70, 14),
                           Timeline::tr("%1 cm").arg(QLocale().toString(
                               static_cast<double>(scene.index.difference.most), 'f', 0)),
                           scene.theme.tx3, themeFont(10, 400, FontFamily::Mono), Qt::AlignRight});
}

void paintDifferenceDots(QPainter& painter, const LaneScene& scene, const QRect& area) {
    paintDots(painter, scene, area, scene.index.difference);
}

} // namespace gesture::app
