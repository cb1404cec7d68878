// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/matrix_scene.h"

#include "app/studio/theme/style_sheet.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("MatrixView", text); }

constexpr int kTickStep = 16; ///< Frames.

bool isAt(const FrameWord& word, std::optional<FrameIndex> frame) {
    if (!frame) return false;
    const double middle = static_cast<double>(frame->value) + 0.5;
    return word.begin <= middle && middle < word.end;
}

struct WordAxis {
    Qt::Orientation orientation;
    QRect area;
    std::optional<FrameIndex> current;
};

void paintSpeechWord(QPainter& painter, const MatrixScene& scene, const WordAxis& axis,
                     const FrameWord& word, double& lastBottom) {
    const double top = std::max<double>(scene.layout.yOf(word.begin), axis.area.top());
    const double bottom = std::min<double>(scene.layout.yOf(word.end), axis.area.bottom() + 1);
    const bool current = isAt(word, axis.current);
    const double middle = (top + bottom) / 2;
    if (bottom <= top || (!current && middle - 7 < lastBottom)) return;
    if (current) {
        painter.fillRect(QRectF(axis.area.left(), top, axis.area.width(), bottom - top),
                         scene.theme.accsoft);
    }
    painter.setFont(themeFont(11, current ? 600 : 400));
    drawLine(painter, QRectF(axis.area.left() + 4, middle - 8, axis.area.width() - 8, 16),
             word.text, current ? scene.theme.tx1 : scene.theme.tx2, Qt::AlignRight);
    painter.fillRect(QRectF(axis.area.right() - 2, bottom - 1, 3, 1), scene.theme.line2);
    lastBottom = middle + 7;
}

void paintMotionWord(QPainter& painter, const MatrixScene& scene, const WordAxis& axis,
                     const FrameWord& word) {
    const double left = std::max<double>(scene.layout.xOf(word.begin), axis.area.left());
    const double right = std::min<double>(scene.layout.xOf(word.end), axis.area.right() + 1);
    if (right <= left) return;
    const bool current = isAt(word, axis.current);
    const QRectF block(left, axis.area.top(), right - left, axis.area.height());
    if (current) painter.fillRect(block, scene.theme.accsoft);
    painter.setFont(themeFont(11, current ? 600 : 400));
    const QColor colour = current ? scene.theme.tx1 : scene.theme.tx2;
    constexpr double kLeast = 14; // less shows no letter
    if (painter.fontMetrics().horizontalAdvance(word.text) <= block.width() + 2) {
        drawLine(painter, block.adjusted(-1, 0, 1, 0), word.text, colour, Qt::AlignHCenter);
    } else if (block.width() >= kLeast && block.width() >= 2.0 * axis.area.height()) {
        drawLine(painter, block, word.text, colour, Qt::AlignLeft);
    } else {
        painter.fillRect(QRectF(block.center().x() - 3, block.center().y(), 6, 2), colour);
    }
    painter.fillRect(QRectF(right - 1, axis.area.top() - 3, 1, 3), scene.theme.line2);
}

void paintFrameTicks(QPainter& painter, const MatrixScene& scene) {
    const QRect area = scene.layout.frameTicks;
    if (area.isEmpty()) return;
    const MapTable& table = scene.model.table(scene.side);
    painter.setFont(themeFont(10, 400, FontFamily::Mono));
    for (int i = 0; i <= table.columns; i += kTickStep) {
        const FrameIndex frame = table.motionBegin + i;
        const double x = scene.layout.xOf(static_cast<double>(frame.value));
        if (x < area.left() || x > area.right() + 1) continue;
        painter.fillRect(QRectF(std::min<double>(x, area.right()), area.top(), 1, 4),
                         scene.theme.tx3);
        drawLine(painter, QRectF(x - 24, area.top() + 5, 48, 13), QString::number(frame.value),
                 scene.theme.tx3, Qt::AlignHCenter);
    }
}

/// Frames that masking the most important share of the clip would choose.
void paintTopFrames(QPainter& painter, const MatrixScene& scene) {
    if (!scene.model.topShare() || scene.side != MapSide::A) return;
    const auto& chosen = scene.model.topFrames();
    const MatrixLayout& layout = scene.layout;
    const MapTable& table = scene.model.table(scene.side);
    for (const FrameRange run : chosen.runs()) {
        const FrameRange shown{std::max(run.begin, table.motionBegin),
                               std::min(run.end, table.motion().end)};
        if (shown.empty()) continue;
        QRect mark = layout.rectOf(table.speech(), shown);
        mark.setTop(layout.map.top() - 4);
        mark.setHeight(3);
        mark.setRight(mark.right() - 1);
        painter.fillRect(mark & layout.map.adjusted(0, -4, 0, 0), scene.theme.warn);
    }
}

void paintPlayhead(QPainter& painter, const MatrixScene& scene) {
    const MatrixLayout& layout = scene.layout;
    const MapTable& table = scene.model.table(scene.side);
    const FrameIndex frame = scene.model.playhead();
    if (!table.motion().contains(frame)) return;
    const QRect column = layout.rectOf(table.speech(), {frame, frame + 1});
    const int x = column.left() + column.width() / 2;
    if (x < layout.map.left() || x > layout.map.right()) return;
    const int top = layout.columnProfile.top() - 4;
    const int height = layout.map.bottom() + 4 - top;
    painter.fillRect(QRect(x - 1, top, 3, height), withAlpha(scene.theme.halo, 0.45));
    painter.fillRect(QRect(x, top, 1, height), scene.theme.play);
}

/// A white line on black, as both the darkest and the lightest colours of a map lie below.
void drawBox(QPainter& painter, const QRectF& box, Qt::PenStyle style) {
    const Theme& dark = darkTheme();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(withAlpha(dark.halo, 0.6), style == Qt::DashLine ? 1 : 3));
    painter.drawRect(box);
    painter.setPen(QPen(dark.acctx, style == Qt::DashLine ? 1 : 1.4, style));
    painter.drawRect(box);
}

QRect readingBox(const MatrixScene& scene, const MapCell& cell, const QSize& size) {
    const QRect at = scene.layout.rectOf(cell);
    QPoint place(at.left() - size.width() - 16, at.bottom() + 14);
    if (place.x() < scene.layout.map.left() + 4) place.setX(at.right() + 16);
    if (place.y() + size.height() > scene.layout.map.bottom() - 4) {
        place.setY(at.top() - 14 - size.height());
    }
    return {place, size};
}

QString decimal(double value, int decimals) { return QLocale().toString(value, 'f', decimals); }

} // namespace

ReadingText readingText(const CellReading& reading, MapSide side) {
    ReadingText text;
    const QString frame = QString::number(reading.cell.motion.value);
    text.place =
        reading.word.isEmpty()
            ? tr("f %1  →  frame %2").arg(QString::number(reading.cell.speech.value), frame)
            : tr("“%1”  →  frame %2").arg(reading.word, frame);
    if (side == MapSide::Difference) {
        text.weight = tr("difference %1").arg(decimal(reading.weight, 4));
    } else {
        text.weight = tr("weight %1 · rank %2 of %3")
                          .arg(decimal(reading.weight, 3))
                          .arg(reading.rank)
                          .arg(reading.columns);
    }
    const FrameRate rate = inference::kAnalysisRate;
    const std::int64_t offset = reading.cell.motion - reading.cell.speech;
    const QString sign =
        offset > 0 ? QStringLiteral("+") : (offset < 0 ? QString(QChar(0x2212)) : QString());
    text.time = tr("%1 s → %2 s  (%3 frames)")
                    .arg(decimal(rate.timeOf(reading.cell.speech).value, 2),
                         decimal(rate.timeOf(reading.cell.motion).value, 2),
                         sign + QString::number(std::abs(offset)));
    return text;
}

void paintMatrixAxes(QPainter& painter, const MatrixScene& scene) {
    const MapTable& table = scene.model.table(scene.side);
    if (table.empty()) return;
    const auto* transcript = scene.model.content().transcript.get();
    const auto cursor = scene.model.cursor();
    WordAxis speech{Qt::Vertical, scene.layout.speechWords, std::nullopt};
    WordAxis motion{Qt::Horizontal, scene.layout.motionWords, std::nullopt};
    if (cursor) {
        speech.current = cursor->speech;
        motion.current = cursor->motion;
    }
    double lastBottom = speech.area.top() - 8;
    for (const FrameWord& word : wordsIn(transcript, table.speech())) {
        paintSpeechWord(painter, scene, speech, word, lastBottom);
    }
    for (const FrameWord& word : wordsIn(transcript, table.motion())) {
        paintMotionWord(painter, scene, motion, word);
    }
    paintFrameTicks(painter, scene);
    paintTopFrames(painter, scene);
}

void paintMatrixCursor(QPainter& painter, const MatrixScene& scene) {
    const MatrixLayout& layout = scene.layout;
    const MapTable& table = scene.model.table(scene.side);
    if (table.empty()) return;
    paintPlayhead(painter, scene);
    const auto cursor = scene.model.cursor();
    painter.save();
    if (cursor && table.speech().contains(cursor->speech)) {
        painter.setClipRect(layout.map.adjusted(0, 0, layout.rowProfile.width() + 8, 0));
        const QRect cell = layout.rectOf(*cursor);
        const int y = cell.top() + cell.height() / 2;
        painter.fillRect(QRect(layout.map.left(), y, layout.map.width(), 1),
                         withAlpha(darkTheme().acctx, 0.6));
        painter.fillRect(QRect(layout.map.right() + 1, y, layout.rowProfile.width() + 8, 1),
                         withAlpha(scene.theme.tx3, 0.6));
    }
    painter.setClipRect(layout.map);
    if (scene.model.area()) {
        const MapArea& area = *scene.model.area();
        drawBox(painter,
                QRectF(layout.rectOf(area.speech, area.motion)).adjusted(0.5, 0.5, -0.5, -0.5),
                Qt::DashLine);
    }
    if (cursor && table.motion().contains(cursor->motion)) {
        const QPointF middle = QRectF(layout.rectOf(*cursor)).center();
        const double half = std::max(5.5, layout.cell / 2.0 + 1);
        drawBox(painter, QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half),
                Qt::SolidLine);
    }
    painter.restore();
}

void paintMatrixReading(QPainter& painter, const MatrixScene& scene) {
    const auto reading = scene.model.reading(scene.side);
    const Theme& theme = scene.theme;
    if (!reading) return;
    const ReadingText text = readingText(*reading, scene.side);
    if (scene.layout.form == MatrixForm::Dock) {
        const QRect area = scene.layout.reading;
        painter.setFont(themeFont(12, 600));
        drawLine(painter, QRect(area.left(), area.top(), area.width(), 16), text.place, theme.tx1);
        painter.setFont(themeFont(11));
        drawLine(painter, QRect(area.left(), area.top() + 16, area.width(), 15), text.weight,
                 theme.tx2);
        return;
    }
    if (!scene.model.hovered() && !scene.model.pinned()) return;
    const QFontMetricsF bold(themeFont(12, 600));
    const QFontMetricsF small(themeFont(11));
    const double width =
        std::max({bold.horizontalAdvance(text.place), small.horizontalAdvance(text.weight),
                  small.horizontalAdvance(text.time)});
    const QRect box = readingBox(scene, reading->cell, {static_cast<int>(width) + 22, 66});
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.line2);
    painter.setBrush(withAlpha(theme.bg3, 0.97));
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    painter.restore();
    const QRect inside = box.adjusted(10, 6, -2, 0);
    painter.setFont(themeFont(12, 600));
    drawLine(painter, QRect(inside.left(), inside.top(), inside.width(), 16), text.place,
             theme.tx1);
    painter.setFont(themeFont(11));
    drawLine(painter, QRect(inside.left(), inside.top() + 18, inside.width(), 16), text.weight,
             theme.tx2);
    drawLine(painter, QRect(inside.left(), inside.top() + 36, inside.width(), 16), text.time,
             theme.tx3);
}

} // namespace gesture::app
