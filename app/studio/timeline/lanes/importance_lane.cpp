// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/lanes/lane_painters.h"

#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr double kTop = 6;
constexpr double kBottom = 3;
constexpr double kCurve = 1.4;
constexpr double kNarrowestWindow = 6; ///< Closer borders would be a grey wash.

double heightOf(const LaneScene& scene, const QRect& area, float value) {
    const double room = area.height() - kTop - kBottom;
    return area.bottom() - kBottom - value / scene.index.mostImportance * room;
}

/// Points of a curve, one a frame or, where frames are narrower than a column, one a column. Calls
/// `finish` at every gap and at the end.
template <typename Finish>
void walkCurve(const LaneScene& scene, const QRect& area, const CurveMips& curve, Finish finish) {
    QPolygonF points;
    const auto add = [&](double x, float value) {
        if (!std::isnan(value)) {
            points.append({x, heightOf(scene, area, value)});
        } else if (!points.isEmpty()) {
            finish(points);
            points.clear();
        }
    };
    if (scene.pixelsPerFrame() >= 1) {
        const FrameRange shown = visibleFrames(scene);
        const double first = scene.xOf(shown.begin);
        const double step = scene.pixelsPerFrame();
        for (std::int64_t frame = shown.begin.value; frame < shown.end.value; ++frame) {
            add(first + static_cast<double>(frame - shown.begin.value) * step, curve.at(frame));
        }
    } else {
        for (int x = scene.clip.left() - 1; x <= scene.clip.right() + 1; ++x) {
            const std::int64_t begin = scene.frameAt(x).value;
            add(x + 0.5, curve.highest(begin, std::max(scene.frameAt(x + 1).value, begin + 1)));
        }
    }
    if (!points.isEmpty()) finish(points);
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

std::array<PartCurve, 3> curvesOf(const LaneScene& scene) {
    return {{{scene.index.lower, scene.theme.lower},
             {scene.index.upper, scene.theme.upper},
             {scene.index.hands, scene.theme.hands}}};
}

} // namespace

void paintImportanceLane(QPainter& painter, const LaneScene& scene, const QRect& area) {
    paintWindows(painter, scene, area);
    painter.setRenderHint(QPainter::Antialiasing);
    walkCurve(scene, area, scene.index.fused, [&](QPolygonF points) {
        const double bottom = area.bottom() - kBottom;
        points.append({points.last().x(), bottom});
        points.append({points.first().x(), bottom});
        painter.setPen(Qt::NoPen);
        painter.setBrush(withAlpha(scene.theme.tx1, 0.08));
        painter.drawPolygon(points);
    });
    painter.setBrush(Qt::NoBrush);
    for (const auto& [curve, colour] : curvesOf(scene)) {
        painter.setPen(QPen(colour, kCurve));
        walkCurve(scene, area, curve,
                  [&](const QPolygonF& points) { painter.drawPolyline(points); });
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void paintImportanceDots(QPainter& painter, const LaneScene& scene, const QRect& area) {
    constexpr double kDot = 3.2;
    const FrameIndex frame = scene.document.frame();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const auto& [curve, colour] : curvesOf(scene)) {
        const float value = curve.at(frame.value);
        if (std::isnan(value)) continue;
        painter.setPen(QPen(scene.theme.bg1, 1));
        painter.setBrush(colour);
        painter.drawEllipse(
            QPointF(std::floor(scene.xOf(frame)) + 0.5, heightOf(scene, area, value)), kDot, kDot);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace gesture::app
