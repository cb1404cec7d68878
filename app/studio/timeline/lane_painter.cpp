// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/lane_painter.h"

#include "app/studio/document/time_text.h"
#include "app/studio/theme/icons.h"
#include "app/studio/theme/style_sheet.h"
#include "app/studio/timeline/ruler_painter.h"
#include "app/studio/timeline/waveform_painter.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr int kFlagWidth = 66;
constexpr int kEdgeWidth = 3;
constexpr int kTextLeft = 14;

QString tr(const char* text) { return QCoreApplication::translate("Timeline", text); }

QRect laneArea(const LaneScene& scene, const QRect& row) {
    return row.adjusted(scene.density.header, 0, 0, 0);
}

void drawText(QPainter& painter, const QRect& area, const QString& text, const QColor& colour,
              const QFont& font, Qt::Alignment alignment = Qt::AlignLeft) {
    painter.setFont(font);
    painter.setPen(colour);
    const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, area.width());
    painter.drawText(area, alignment | Qt::AlignVCenter | Qt::TextSingleLine, shown);
}

QString speechLine(const Document& document) {
    if (!document.audio()) return tr("no sound");
    const AudioTrack& track = *document.audio();
    const QLocale locale;
    const double kilohertz = track.info.sampleRate / 1000.0;
    const int decimals = track.info.sampleRate % 1000 == 0 ? 0 : 1;
    const QString rate = tr("%1 kHz").arg(locale.toString(kilohertz, 'f', decimals));
    const float rms = track.waveform.rms();
    if (rms <= 0) return rate;
    return tr("%1 · %2 dB RMS")
        .arg(
            rate,
            locale.toString(20 * std::log10(rms), 'f', 1).replace(QLatin1Char('-'), QChar(0x2212)));
}

void paintSpeechHeader(QPainter& painter, const LaneScene& scene) {
    const Theme& theme = scene.theme;
    const QRect row = scene.speech;
    const QRect edge(row.left(), row.top() + 3, kEdgeWidth, row.height() - 7);
    painter.fillRect(edge, scene.document.audio() ? theme.wavein : theme.bg5);
    const int width = scene.density.header - kTextLeft - 36;
    const QColor colour = scene.document.hasClip() ? theme.tx1 : theme.txd;
    if (!scene.density.secondLine) {
        drawText(painter, {kTextLeft, row.top(), width, row.height()}, tr("Speech"), colour,
                 themeFont(12, 500));
    } else {
        const int middle = row.center().y();
        drawText(painter, {kTextLeft, middle - 18, width, 18}, tr("Speech"), colour,
                 themeFont(12, 500));
        if (scene.document.hasClip()) {
            drawText(painter, {kTextLeft, middle - 1, width, 18}, speechLine(scene.document),
                     theme.tx3, themeFont(11));
        }
    }
    if (!scene.document.audio()) return;
    const bool muted = scene.document.muted();
    const QString icon = muted ? QStringLiteral("volume-mute") : QStringLiteral("volume-up");
    painter.drawPixmap(muteSign(scene).topLeft(),
                       iconPixmap(icon, muted ? theme.warn : theme.tx3, 14, scene.ratio));
}

void paintWholeClipHeader(QPainter& painter, const LaneScene& scene) {
    const QRect row = scene.wholeClip;
    const QRect text(kTextLeft, row.top(), scene.density.header - kTextLeft - 14, row.height());
    drawText(painter, text, tr("Whole clip"),
             scene.document.hasClip() ? scene.theme.tx3 : scene.theme.txd, themeFont(11));
    if (!scene.document.hasClip()) return;
    drawText(painter, text, lengthText(scene.document.duration()), scene.theme.tx3,
             themeFont(11, 400, FontFamily::Mono), Qt::AlignRight);
}

/// Vertical lines where the ruler has labels.
void paintSecondGrid(QPainter& painter, const LaneScene& scene, const QRect& area) {
    const RulerSteps steps = rulerSteps(scene.axis, scene.document.rate());
    const auto first = static_cast<std::int64_t>(std::ceil(scene.axis.begin() / steps.label));
    for (std::int64_t i = first; i * steps.label <= scene.axis.end() + 1e-9; ++i) {
        const int x = static_cast<int>(scene.axis.xOf({static_cast<double>(i) * steps.label}));
        painter.fillRect(QRect(x, area.top(), 1, area.height()), scene.theme.line);
    }
}

void paintSpeechLane(QPainter& painter, const LaneScene& scene) {
    const QRect area = laneArea(scene, scene.speech);
    painter.fillRect(area, scene.theme.bg1);
    if (!scene.document.hasClip()) return;
    painter.save();
    painter.setClipRect(area);
    paintSecondGrid(painter, scene, area);
    if (scene.document.audio()) {
        const double length = scene.document.audio()->info.duration().value;
        paintWaveform(painter, {scene.document.audio()->waveform, scene.theme, QRectF(area),
                                scene.axis.timeAt(area.left()).value / length,
                                scene.axis.timeAt(area.right() + 1).value / length, scene.ratio,
                                scene.document.muted()});
    } else {
        drawText(painter, area, tr("No sound. Drop a sound file here, or open one with Ctrl+O."),
                 scene.theme.tx3, themeFont(12), Qt::AlignHCenter);
    }
    painter.restore();
}

/// Beyond the ends of the clip the lanes are darker.
void paintOutside(QPainter& painter, const LaneScene& scene, const QRect& area) {
    const int begin = static_cast<int>(std::floor(scene.axis.xOf({0})));
    const int end = static_cast<int>(std::ceil(scene.axis.xOf(scene.document.duration())));
    const QColor shade = withAlpha(scene.theme.bg0, scene.theme.dark() ? 0.55 : 0.45);
    if (begin > area.left()) {
        painter.fillRect(QRect(QPoint(area.left(), area.top()), QPoint(begin - 1, area.bottom())),
                         shade);
    }
    if (end < area.right()) {
        painter.fillRect(QRect(QPoint(end, area.top()), area.bottomRight()), shade);
    }
}

void paintRangeBand(QPainter& painter, const LaneScene& scene) {
    if (!scene.document.range()) return;
    const FrameRate rate = scene.document.rate();
    const double begin = std::floor(scene.axis.xOf(rate.timeOf(scene.document.range()->begin)));
    const double end = std::floor(scene.axis.xOf(rate.timeOf(scene.document.range()->end)));
    const QRect area = laneArea(scene, scene.speech);
    painter.save();
    painter.setClipRect(area);
    painter.fillRect(QRectF(begin, area.top(), end - begin, area.height()),
                     withAlpha(scene.theme.acc, 0.10));
    for (const double x : {begin, end}) {
        painter.fillRect(QRectF(x, area.top(), 1, area.height()), withAlpha(scene.theme.acc, 0.75));
    }
    painter.restore();
}

void paintWholeClip(QPainter& painter, const LaneScene& scene) {
    const Theme& theme = scene.theme;
    const QRect row = scene.wholeClip;
    painter.fillRect(row, theme.bg2);
    painter.fillRect(QRect(row.left(), row.top(), row.width(), 1), theme.line);
    paintWholeClipHeader(painter, scene);
    if (!scene.document.hasClip()) return;
    const QRectF box = viewBox(scene);
    const double left = wholeClipX(scene, {0});
    const double right = wholeClipX(scene, scene.document.duration());
    if (scene.document.audio()) {
        paintOverview(painter, {scene.document.audio()->waveform, theme,
                                QRectF(left, row.top() + 1, right - left, row.height() - 1), box,
                                scene.document.audio()->info.duration().value /
                                    std::max(scene.document.duration().value, 1e-9)});
    } else {
        painter.fillRect(QRectF(left, row.center().y(), right - left, 1), theme.line2);
    }
    if (scene.document.range()) {
        const FrameRate rate = scene.document.rate();
        const double begin = wholeClipX(scene, rate.timeOf(scene.document.range()->begin));
        const double end = wholeClipX(scene, rate.timeOf(scene.document.range()->end));
        painter.fillRect(QRectF(begin, row.bottom() - 2, std::max(end - begin, 2.0), 2), theme.acc);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.acc, 1.2));
    painter.setBrush(withAlpha(theme.acc, 0.14));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.acc);
    for (const double x : {box.left(), box.right()}) {
        painter.drawRoundedRect(QRectF(x - 2, box.top() + 4, 4, box.height() - 8), 2, 2);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

double playheadX(const LaneScene& scene) {
    return std::floor(scene.axis.xOf(scene.document.rate().timeOf(scene.document.frame())));
}

QRectF flagRect(const LaneScene& scene, double x) {
    const double least = scene.density.header + 2.0;
    const double most = scene.ruler.right() - kFlagWidth - 1.0;
    return {std::clamp(x - kFlagWidth / 2.0, least, std::max(least, most)), scene.ruler.top() + 3.0,
            kFlagWidth, 16};
}

} // namespace

void paintLanes(QPainter& painter, const LaneScene& scene) {
    const Theme& theme = scene.theme;
    const int bottom = scene.wholeClip.bottom() + 1;
    painter.fillRect(QRect(0, 0, scene.density.header, bottom), theme.bg2);
    paintRuler(painter, scene);
    paintSpeechLane(painter, scene);
    paintSpeechHeader(painter, scene);
    if (scene.document.hasClip()) {
        paintOutside(painter, scene, laneArea(scene, scene.speech));
        paintRangeBand(painter, scene);
    }
    paintWholeClip(painter, scene);
    painter.fillRect(QRect(scene.density.header - 1, 0, 1, bottom),
                     theme.dark() ? theme.bg0 : theme.line2);
}

void paintPlayhead(QPainter& painter, const LaneScene& scene) {
    if (!scene.document.hasClip()) return;
    const Theme& theme = scene.theme;
    const double whole =
        std::floor(wholeClipX(scene, scene.document.rate().timeOf(scene.document.frame())));
    painter.fillRect(QRectF(whole, scene.wholeClip.top() + 2, 1, scene.wholeClip.height() - 4),
                     theme.play);
    const double x = playheadX(scene);
    if (x < scene.density.header || x > scene.ruler.right()) return;
    const double top = scene.ruler.top() + 18;
    const double bottom = scene.speech.bottom() + 1;
    painter.fillRect(QRectF(x - 1, top, 3, bottom - top), withAlpha(theme.halo, 0.45));
    painter.fillRect(QRectF(x, top, 1, bottom - top), theme.play);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.play);
    const QRectF flag = flagRect(scene, x);
    painter.drawRoundedRect(flag, 3, 3);
    QPainterPath point(QPointF(x - 4, flag.bottom() - 0.5));
    point.lineTo(x + 5, flag.bottom() - 0.5);
    point.lineTo(x + 0.5, flag.bottom() + 5);
    painter.drawPath(point);
    drawText(painter, flag.toRect(), timecodeText(scene.document.frame(), scene.document.rate()),
             theme.playtx, themeFont(10, 600, FontFamily::Mono), Qt::AlignHCenter);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

QRegion playheadRegion(const LaneScene& scene) {
    const double x = playheadX(scene);
    const double whole = wholeClipX(scene, scene.document.rate().timeOf(scene.document.frame()));
    QRegion region(flagRect(scene, x).toRect().adjusted(-2, -2, 2, 2));
    region += QRect(static_cast<int>(x) - 7, scene.ruler.top(), 15,
                    scene.ruler.height() + scene.speech.height());
    region +=
        QRect(static_cast<int>(whole) - 2, scene.wholeClip.top(), 5, scene.wholeClip.height());
    return region;
}

QRect muteSign(const LaneScene& scene) {
    return {scene.density.header - 32, scene.speech.center().y() - 6, 14, 14};
}

double wholeClipX(const LaneScene& scene, Seconds time) {
    const double width = scene.axis.right() - scene.axis.left();
    return scene.axis.left() + time.value / scene.axis.duration() * width;
}

Seconds wholeClipTime(const LaneScene& scene, double x) {
    const double width = scene.axis.right() - scene.axis.left();
    return {(x - scene.axis.left()) / width * scene.axis.duration()};
}

QRectF viewBox(const LaneScene& scene) {
    const double begin = wholeClipX(scene, {scene.axis.begin()});
    const double end = wholeClipX(scene, {scene.axis.end()});
    return {begin, scene.wholeClip.top() + 3.0, std::max(end - begin, 8.0),
            scene.wholeClip.height() - 6.0};
}

} // namespace gesture::app
