// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/ruler_painter.h"

#include "app/studio/document/time_text.h"
#include "app/studio/theme/icons.h"
#include "app/studio/theme/style_sheet.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace gesture::app {

namespace {

constexpr double kLabelDistance = 72;
constexpr double kTimecodeDistance = 130; ///< Labels with frames are longer.
constexpr double kTickDistance = 7;

QString tr(const char* text) { return QCoreApplication::translate("Timeline", text); }

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

void paintHeader(QPainter& painter, const LaneScene& scene) {
    const QRect row = scene.ruler;
    const bool open = scene.document.hasClip();
    const QColor colour = open ? scene.theme.tx3 : scene.theme.txd;
    painter.drawPixmap(QPoint(14, row.center().y() - 6),
                       iconPixmap(QStringLiteral("clock"), colour, 14, scene.ratio));
    if (!open) return;
    const QString rate = QLocale().toString(scene.document.rate().perSecond(), 'g', 4);
    QString text;
    switch (scene.unit) {
    case RulerUnit::Clock:
        text = tr("mm:ss · %1 fps").arg(rate);
        break;
    case RulerUnit::Seconds:
        text = tr("seconds · %1 fps").arg(rate);
        break;
    case RulerUnit::Frames:
        text = tr("frames · %1 fps").arg(rate);
        break;
    }
    painter.setFont(themeFont(11));
    painter.setPen(colour);
    painter.drawText(QRect(35, row.top(), scene.density.header - 40, row.height()),
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

void paintRuler(QPainter& painter, const LaneScene& scene) {
    const QRect area = scene.ruler.adjusted(scene.density.header, 0, 0, 0);
    painter.fillRect(area, scene.theme.bg2);
    painter.fillRect(QRect(scene.ruler.left(), scene.ruler.bottom(), scene.ruler.width(), 1),
                     scene.theme.line);
    paintHeader(painter, scene);
    if (!scene.document.hasClip()) return;
    painter.save();
    painter.setClipRect(area);
    const RulerSteps steps = rulerSteps(scene.axis, scene.document.rate());
    paintTicks(painter, scene, area, steps.small, 3, 0.45);
    paintTicks(painter, scene, area, steps.middle, 6, 0.55);
    paintTicks(painter, scene, area, steps.label, 9, 0.9);
    paintLabels(painter, scene, area, steps.label);
    paintRange(painter, scene, area);
    painter.restore();
}

} // namespace gesture::app
