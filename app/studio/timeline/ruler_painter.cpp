// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/ruler_painter.h"

#include "app/studio/document/time_text.h"
#include "app/studio/theme/style_sheet.h"
#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/timeline_text.h"

#include <QLocale>
#include <QPainterPath>

#include <cmath>

namespace gesture::app {

namespace {

constexpr double kLabelDistance = 72;
constexpr double kTimecodeDistance = 130; ///< Labels with frames are longer.
constexpr double kTickDistance = 7;

QString labelOf(double time, const LaneScene& scene, double step) {
    const FrameRate rate = scene.document.rate();
    const FrameIndex frame = rate.frameAt({time + 1e-6});
    switch (scene.unit) {
    case RulerUnit::Frames:
        return QString::number(frame.value);
    case RulerUnit::Seconds:
        return QLocale().toString(time, 'f', step < 1 ? 2 : 0);
    case RulerUnit::Clock:
        break;
    }
    if (step < 1) return timecodeText(frame, rate);
    const auto seconds = static_cast<std::int64_t>(std::llround(time));
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

void paintTicks(QPainter& painter, const LaneScene& scene, const QRect& area, double step,
                int height, double alpha) {
    if (step * scene.axis.pixelsPerSecond() < kTickDistance) return;
    const auto first =
        static_cast<std::int64_t>(std::floor(scene.axis.timeAt(area.left()).value / step));
    for (std::int64_t i = std::max<std::int64_t>(first, 0);; ++i) {
        const double time = static_cast<double>(i) * step;
        const double x = std::floor(scene.axis.xOf({time}));
        if (x > area.right() || time > scene.axis.duration() + 1e-6) return;
        if (x < area.left()) continue;
        painter.fillRect(QRectF(x, area.bottom() - height, 1, height),
                         withAlpha(scene.theme.tx3, alpha));
    }
}

void paintLabels(QPainter& painter, const LaneScene& scene, const QRect& area, double step) {
    painter.setFont(themeFont(10, 400, FontFamily::Mono));
    painter.setPen(scene.theme.tx3);
    const auto first =
        static_cast<std::int64_t>(std::floor(scene.axis.timeAt(area.left()).value / step));
    for (std::int64_t i = std::max<std::int64_t>(first, 0);; ++i) {
        const double time = static_cast<double>(i) * step;
        const double x = scene.axis.xOf({time});
        if (x > area.right() || time > scene.axis.duration() + 1e-6) return;
        painter.drawText(QRectF(x + 5, area.top() + 1, kLabelDistance, 16),
                         Qt::AlignLeft | Qt::AlignVCenter, labelOf(time, scene, step));
    }
}

void paintRange(QPainter& painter, const LaneScene& scene, const QRect& area) {
    if (!scene.document.range()) return;
    const FrameRate rate = scene.document.rate();
    const double begin = std::floor(scene.axis.xOf(rate.timeOf(scene.document.range()->begin)));
    const double end = std::floor(scene.axis.xOf(rate.timeOf(scene.document.range()->end)));
    const QColor colour =
        scene.document.loop() == Loop::Yes ? scene.theme.acc : withAlpha(scene.theme.acc, 0.6);
    painter.fillRect(QRectF(begin, area.bottom() - 6, end - begin + 1, 6), colour);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(scene.theme.acc);
    for (const double x : {begin, end}) {
        painter.drawRoundedRect(QRectF(x - 3, area.bottom() - 8, 7, 9), 2, 2);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void paintSegments(QPainter& painter, const LaneScene& scene, const QRect& area) {
    constexpr int kHeight = 3;
    for (const TimelineSegment& segment : scene.content.segments) {
        const QRectF place = columns(QRect(area.left(), area.top(), area.width(), kHeight),
                                     scene.xOf(segment.range.begin), scene.xOf(segment.range.end));
        painter.fillRect(place.adjusted(0, 0, -1, 0), withAlpha(scene.theme.warn, 0.7));
    }
}

void paintMarkers(QPainter& painter, const LaneScene& scene, const QRect& area) {
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < scene.content.markers.size(); ++i) {
        const QRectF flag = markerFlag(scene, scene.content.markers[i].frame);
        if (flag.right() < area.left() || flag.left() > area.right()) continue;
        QPainterPath path(flag.topLeft());
        path.lineTo(flag.topRight());
        path.lineTo(flag.right(), flag.bottom() - 4);
        path.lineTo(flag.center().x(), flag.bottom());
        path.lineTo(flag.left(), flag.bottom() - 4);
        path.closeSubpath();
        const bool chosen = scene.chosenMarker == i;
        painter.setPen(chosen ? QPen(scene.theme.tx1, 1.5) : QPen(Qt::NoPen));
        painter.setBrush(scene.theme.warn);
        painter.drawPath(path);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void paintHeader(QPainter& painter, const LaneScene& scene) {
    const QRect row = scene.layout.ruler();
    const bool open = scene.document.hasClip();
    const QColor colour = open ? scene.theme.tx3 : scene.theme.txd;
    painter.drawPixmap(QPoint(14, row.center().y() - 6),
                       laneIcon(QStringLiteral("clock"), colour, 14, scene.ratio));
    if (!open) return;
    const QString rate = QLocale().toString(scene.document.rate().perSecond(), 'g', 4);
    QString text;
    switch (scene.unit) {
    case RulerUnit::Clock:
        text = Timeline::tr("mm:ss · %1 fps").arg(rate);
        break;
    case RulerUnit::Seconds:
        text = Timeline::tr("seconds · %1 fps").arg(rate);
        break;
    case RulerUnit::Frames:
        text = Timeline::tr("frames · %1 fps").arg(rate);
        break;
    }
    painter.setFont(themeFont(11));
    painter.setPen(colour);
    painter.drawText(QRect(35, row.top(), scene.density().header - 40, row.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, text);
}

} // namespace

RulerSteps rulerSteps(const TimeAxis& axis, FrameRate rate) {
    const double frame = 1 / rate.perSecond();
    const RulerSteps ladder[] = {{frame, frame, frame},
                                 {5 * frame, frame, frame},
                                 {15 * frame, 5 * frame, frame},
                                 {1, 15 * frame, 5 * frame},
                                 {2, 1, 15 * frame},
                                 {5, 1, 15 * frame},
                                 {10, 5, 1},
                                 {15, 5, 1},
                                 {30, 10, 5},
                                 {60, 30, 10},
                                 {120, 60, 30},
                                 {300, 60, 30},
                                 {600, 300, 60},
                                 {1800, 600, 300}};
    for (const RulerSteps& steps : ladder) {
        const double least = steps.label < 1 ? kTimecodeDistance : kLabelDistance;
        if (steps.label * axis.pixelsPerSecond() >= least) return steps;
    }
    return {3600, 1800, 600};
}

QRectF markerFlag(const LaneScene& scene, FrameIndex frame) {
    constexpr double kWidth = 8;
    constexpr double kHeight = 11;
    const double x = std::floor(scene.xOf(frame)) + 0.5;
    return {x - kWidth / 2, scene.layout.ruler().bottom() - kHeight - 1.0, kWidth, kHeight};
}

void paintRuler(QPainter& painter, const LaneScene& scene) {
    const QRect area = scene.layout.ruler().adjusted(scene.density().header, 0, 0, 0);
    painter.fillRect(scene.layout.ruler(), scene.theme.bg2);
    painter.fillRect(QRect(scene.layout.ruler().left(), scene.layout.ruler().bottom(),
                           scene.layout.ruler().width(), 1),
                     scene.theme.line);
    if (scene.layout.headerOf(scene.layout.ruler()).intersects(scene.clip)) {
        paintHeader(painter, scene);
    }
    if (!scene.document.hasClip()) return;
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    const RulerSteps steps = rulerSteps(scene.axis, scene.document.rate());
    paintTicks(painter, scene, area, steps.small, 3, 0.45);
    paintTicks(painter, scene, area, steps.middle, 6, 0.55);
    paintTicks(painter, scene, area, steps.label, 9, 0.9);
    paintLabels(painter, scene, area, steps.label);
    paintSegments(painter, scene, area);
    paintRange(painter, scene, area);
    paintMarkers(painter, scene, area);
    painter.restore();
}

} // namespace gesture::app
