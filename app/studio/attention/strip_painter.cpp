// SPDX-License-Identifier: Apache-2.0
// How the strip of all windows is painted.
#include "app/studio/attention/matrix_scene.h"
#include "app/studio/attention/strip_view.h"
#include "app/studio/document/time_text.h"
#include "app/studio/theme/style_sheet.h"

#include <QLocale>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

double xOfFrame(const TimeAxis& axis, double frame) {
    return axis.xOf({frame / inference::kAnalysisRate.perSecond()});
}

/// Seconds between labels so that they lie at least 70 px apart.
double labelStep(const TimeAxis& axis) {
    constexpr double kSteps[] = {0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200};
    for (const double step : kSteps) {
        if (step * axis.pixelsPerSecond() >= 70) return step;
    }
    return 14400;
}

} // namespace

void StripView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme_->bg2);
    const QRect area = band();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(area, picture());
    painter.setFont(themeFont(11));
    drawLine(painter, QRect(0, area.top() - 22, area.left() - 6, 14), tr("speech"), theme_->tx2);
    painter.setFont(themeFont(10));
    drawLine(painter, QRect(0, area.top(), area.left() - 8, 14),
             tr("%n before", nullptr, tiles_.source().reach), theme_->tx3, Qt::AlignRight);
    drawLine(painter, QRect(0, area.center().y() - 7, area.left() - 8, 14), tr("same frame"),
             theme_->tx3, Qt::AlignRight);
    drawLine(painter, QRect(0, area.bottom() - 14, area.left() - 8, 14),
             tr("%n after", nullptr, tiles_.source().reach), theme_->tx3, Qt::AlignRight);
    if (!shownAnalysis_) return;
    const QString columns = framesPerColumn() == 1 ? tr("a column a frame of motion")
                                                   : tr("a column shows the largest of %n frames",
                                                        nullptr, framesPerColumn());
    drawLine(painter, QRect(area.left(), area.top() - 20, area.width(), 14),
             waiting_ ? tr("%1 · drawing…").arg(columns) : columns, theme_->tx3);
    paintMarks(painter);
    paintWords(painter);
    paintTimes(painter);
    paintReading(painter);
    if (model_.content().state == MapState::OutOfDate) {
        painter.fillRect(rect(), withAlpha(theme_->bg2, 0.4));
    }
}

void StripView::paintMarks(QPainter& painter) const {
    const QRect area = band();
    painter.save();
    painter.setClipRect(area.adjusted(0, -6, 0, 6));
    const Theme& dark = darkTheme();
    painter.fillRect(QRectF(area.left(), area.center().y(), area.width(), 1),
                     withAlpha(dark.acctx, 0.25));
    const double windowWidth = 60 / inference::kAnalysisRate.perSecond() * axis_.pixelsPerSecond();
    const auto windows = shownAnalysis_->windows();
    const auto first = static_cast<std::int64_t>(frameAt(area.left())) - 1024;
    const auto last = static_cast<std::int64_t>(frameAt(area.right()));
    auto window = std::partition_point(windows.begin(), windows.end(),
                                       [&](const auto& each) { return each.begin.value < first; });
    for (; window != windows.end() && window->begin.value <= last; ++window) {
        const double begin = xOfFrame(axis_, static_cast<double>(window->begin.value));
        const double end =
            xOfFrame(axis_, static_cast<double>(window->begin.value + window->frames));
        const auto& edits = model_.content().edits;
        const bool edit = std::any_of(edits.begin(), edits.end(), [&](const EditedWindow& each) {
            return each.begin == window->begin;
        });
        if (edit) {
            painter.setPen(QPen(dark.acctx, 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(QRectF(begin, area.top() + 0.5, end - begin, area.height() - 1));
        } else if (windowWidth >= 12) {
            painter.setPen(QPen(withAlpha(dark.acctx, 0.45), 1, Qt::DotLine));
            painter.drawLine(QPointF(begin, area.top()), QPointF(begin, area.bottom()));
        }
    }
    const double play =
        std::floor(xOfFrame(axis_, static_cast<double>(model_.playhead().value) + 0.5));
    painter.fillRect(QRectF(play - 1, area.top() - 6, 3, area.height() + 12),
                     withAlpha(theme_->halo, 0.45));
    painter.fillRect(QRectF(play, area.top() - 6, 1, area.height() + 12), theme_->play);
    painter.restore();
}

void StripView::paintWords(QPainter& painter) const {
    const QRect area = band();
    const FrameRange shown{{static_cast<std::int64_t>(frameAt(area.left()))},
                           {static_cast<std::int64_t>(frameAt(area.right())) + 1}};
    constexpr std::int64_t kTooMany = 30 * 60; // no letter would fit
    if (shown.length() > kTooMany) return;
    painter.setFont(themeFont(11));
    for (const FrameWord& word : wordsIn(model_.content().transcript.get(), shown)) {
        const double left = std::max<double>(xOfFrame(axis_, word.begin), area.left());
        const double right = std::min<double>(xOfFrame(axis_, word.end), area.right());
        const QRectF block(left, area.bottom() + 6, right - left, 16);
        if (painter.fontMetrics().horizontalAdvance(word.text) <= block.width() + 2) {
            drawLine(painter, block.adjusted(-1, 0, 1, 0), word.text, theme_->tx2,
                     Qt::AlignHCenter);
        } else if (block.width() > 2) {
            painter.fillRect(QRectF(block.center().x() - 2, block.center().y(), 4, 2), theme_->tx3);
        }
    }
}

void StripView::paintTimes(QPainter& painter) const {
    const QRect area = band();
    painter.setFont(themeFont(10, 400, FontFamily::Mono));
    const double step = labelStep(axis_);
    const auto first = static_cast<std::int64_t>(std::ceil(axis_.begin() / step));
    for (std::int64_t i = first; static_cast<double>(i) * step <= axis_.end(); ++i) {
        const Seconds time{static_cast<double>(i) * step};
        const double x = axis_.xOf(time);
        painter.fillRect(QRectF(x, area.bottom() + 24, 1, 4), theme_->tx3);
        drawLine(painter, QRectF(x - 30, area.bottom() + 29, 60, 13), lengthText(time), theme_->tx3,
                 Qt::AlignHCenter);
    }
}

void StripView::paintReading(QPainter& painter) const {
    if (!hovered_) return;
    const float weight = weightAt(*hovered_);
    CellReading reading{*hovered_, {}, weight, 0, 0};
    const auto word = wordAt(model_.content().transcript.get(), hovered_->speech);
    if (word) reading.word = word->text;
    const ReadingText text = readingText(reading, MapSide::A);
    const QString value = std::isnan(weight)
                              ? tr("no window shows both")
                              : tr("weight %1").arg(QLocale().toString(weight, 'f', 3));
    painter.setFont(themeFont(11, 500));
    const QRect area = band();
    drawLine(painter,
             QRect(area.left() + area.width() / 3, area.top() - 20, area.width() * 2 / 3, 14),
             text.place + QStringLiteral("  ·  ") + value + QStringLiteral("  ·  ") + text.time,
             theme_->tx1, Qt::AlignRight);
}

} // namespace gesture::app
