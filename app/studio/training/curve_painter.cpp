// SPDX-License-Identifier: Apache-2.0
// How a chart is painted: title, values at the cursor, axes, curves.
#include "app/studio/training/curve_chart.h"

#include "app/studio/theme/style_sheet.h"
#include "app/studio/training/run_texts.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr double kLeft = 46.0;
constexpr double kRight = 16.0;
constexpr double kTop = 48.0;
constexpr double kBottom = 26.0;
constexpr double kPixelsPerTick = 32.0;

QColor colourOf(const Theme& theme, const ChartCurve& curve) {
    return curve.colour != nullptr ? theme.*curve.colour : theme.tx3;
}

/// A curve's stroke through the plot; more points than pixels are drawn as they are, Qt drops what
/// falls together.
QPainterPath pathOf(const std::vector<QPointF>& points) {
    QPainterPath path;
    bool pen = false;
    for (const QPointF& point : points) {
        if (!std::isfinite(point.y())) {
            pen = false;
            continue;
        }
        pen ? path.lineTo(point) : path.moveTo(point);
        pen = true;
    }
    return path;
}

QString stepText(double step) {
    const double size = std::abs(step);
    constexpr double kThousand = 1000.0;
    if (size >= 10 * kThousand)
        return CurveChart::tr("%1k").arg(QLocale().toString(step / kThousand, 'g', 4));
    return QLocale().toString(step, 'f', 0);
}

} // namespace

QRectF CurveChart::plot() const {
    return {kLeft, kTop, std::max(10.0, width() - kLeft - kRight),
            std::max(10.0, height() - kTop - kBottom)};
}

void CurveChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(hasFocus() ? theme_->acc : theme_->line, hasFocus() ? 2 : 1));
    painter.setBrush(theme_->bg1);
    const double inset = hasFocus() ? 1.0 : 0.5;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 5, 5);
    paintHead(painter);
    paintLegend(painter);
    const ValueRange values = shownValues();
    paintAxes(painter, values);
    painter.save();
    painter.setClipRect(plot().adjusted(0, -3, 3, 3));
    for (std::size_t i = content_.curves.size(); i-- > 0;)
        paintCurve(painter, i, values);
    paintBest(painter, values);
    painter.restore();
    paintCursor(painter, values);
    if (!dragFrom_) return;
    const QRectF area = plot();
    const QRectF band(QPointF(std::min(*dragFrom_, dragTo_), area.top()),
                      QPointF(std::max(*dragFrom_, dragTo_), area.bottom()));
    painter.fillRect(band.intersected(area), withAlpha(theme_->acc, 0.14));
}

void CurveChart::paintHead(QPainter& painter) const {
    const QFont title = themeFont(12, 600);
    painter.setFont(title);
    painter.setPen(theme_->tx1);
    const int wide = QFontMetrics(title).horizontalAdvance(content_.title);
    painter.drawText(QRectF(12, 8, width() - 24, 16), Qt::AlignLeft | Qt::AlignVCenter,
                     content_.title);
    painter.setFont(themeFont(11));
    painter.setPen(theme_->tx3);
    painter.drawText(QRectF(20 + wide, 8, std::max(0, width() - wide - 32), 16),
                     Qt::AlignLeft | Qt::AlignVCenter, content_.remark);
}

void CurveChart::paintLegend(QPainter& painter) const {
    const QFont words = themeFont(11);
    const QFont digits = themeFont(11, 400, FontFamily::Mono);
    double x = 12;
    for (std::size_t i = 0; i < content_.curves.size(); ++i) {
        const ChartCurve& curve = content_.curves[i];
        const int last = static_cast<int>(curve.steps.size()) - 1;
        const int at = view_.cursor ? nearestStep(curve.steps, *view_.cursor) : last;
        const QString value =
            at >= 0 ? numberText(smooth_[i][static_cast<std::size_t>(at)]) : QStringLiteral("–");
        const int name = QFontMetrics(words).horizontalAdvance(curve.name);
        const int number = QFontMetrics(digits).horizontalAdvance(value);
        const double needed = 18 + name + 6 + number;
        if (x + needed > width() - 8) {
            painter.setFont(words);
            painter.setPen(theme_->tx3);
            painter.drawText(QPointF(x, 39), QStringLiteral("…"));
            return;
        }
        QPen pen(colourOf(*theme_, curve), 2);
        if (curve.compared) pen.setDashPattern({2, 1.5});
        painter.setPen(pen);
        painter.drawLine(QPointF(x, 35), QPointF(x + 12, 35));
        painter.setFont(words);
        painter.setPen(theme_->tx2);
        painter.drawText(QPointF(x + 18, 39), curve.name);
        painter.setFont(digits);
        painter.setPen(theme_->tx1);
        painter.drawText(QPointF(x + 18 + name + 6, 39), value);
        x += needed + 14;
    }
}

void CurveChart::paintAxes(QPainter& painter, ValueRange values) const {
    const QRectF area = plot();
    painter.setFont(themeFont(10, 400, FontFamily::Mono));
    const int rows = std::max(2, static_cast<int>(area.height() / kPixelsPerTick));
    for (const double value : ticksIn(values, rows, view_.logarithmic)) {
        const double y = std::round(yOf(value, values)) + 0.5;
        painter.setPen(QPen(theme_->line, 1));
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        painter.setPen(theme_->tx3);
        const QString text = std::abs(value) >= 1e-3 || value == 0.0
                                 ? QLocale().toString(value, 'g', 4)
                                 : QLocale().toString(value, 'g', 2);
        painter.drawText(QRectF(0, y - 8, area.left() - 8, 16), Qt::AlignRight | Qt::AlignVCenter,
                         text);
    }
    const QString unit = tr("step");
    const double unitLeft =
        area.right() + kRight - 10 - painter.fontMetrics().horizontalAdvance(unit);
    const int columns = std::max(2, static_cast<int>(area.width() / 70.0));
    painter.setPen(theme_->tx3);
    for (const double step : ticksIn(shownSteps(), columns, false)) {
        const QString text = stepText(step);
        const int wide = painter.fontMetrics().horizontalAdvance(text);
        const double x = xOf(step);
        if (x + wide / 2.0 > unitLeft - 6) continue;
        painter.drawLine(QPointF(x, area.bottom() + 2), QPointF(x, area.bottom() + 5));
        painter.drawText(QRectF(x - wide, area.bottom() + 7, 2 * wide, 14), Qt::AlignCenter, text);
    }
    painter.drawText(QRectF(unitLeft, area.bottom() + 7, 40, 14), Qt::AlignLeft | Qt::AlignVCenter,
                     unit);
    if (!content_.curves.empty()) return;
    painter.setFont(themeFont(12));
    painter.drawText(area, Qt::AlignCenter, tr("Nothing measured yet."));
}

void CurveChart::paintCurve(QPainter& painter, std::size_t index, ValueRange values) const {
    const ChartCurve& curve = content_.curves[index];
    const QColor colour = colourOf(*theme_, curve);
    const auto pointsOf = [&](const std::vector<double>& heights) {
        std::vector<QPointF> points;
        points.reserve(heights.size());
        for (std::size_t i = 0; i < heights.size(); ++i)
            points.emplace_back(xOf(curve.steps[i]), yOf(heights[i], values));
        return points;
    };
    const bool rough = view_.smoothing > 0.0 && !curve.marked && !curve.compared;
    painter.setBrush(Qt::NoBrush);
    if (rough) {
        painter.setPen(QPen(withAlpha(colour, 0.22), 1));
        painter.drawPath(pathOf(pointsOf(curve.values)));
    }
    const std::vector<QPointF> points = pointsOf(smooth_[index]);
    QPen pen(colour, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    if (curve.compared) pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.drawPath(pathOf(points));
    if (!curve.marked) return;
    constexpr std::size_t kMostMarks = 60;
    if (points.size() > kMostMarks) return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    for (const QPointF& point : points)
        painter.drawEllipse(point, 2.6, 2.6);
}

void CurveChart::paintBest(QPainter& painter, ValueRange values) const {
    if (!content_.bestStep || content_.curves.empty()) return;
    const ChartCurve& curve = content_.curves.front();
    const int at = nearestStep(curve.steps, *content_.bestStep);
    if (at < 0) return;
    const double value = smooth_.front()[static_cast<std::size_t>(at)];
    const QPointF place(xOf(curve.steps[static_cast<std::size_t>(at)]), yOf(value, values));
    painter.setPen(QPen(theme_->bg1, 2));
    painter.setBrush(theme_->ok);
    painter.drawEllipse(place, 4.5, 4.5);
    painter.setFont(themeFont(11, 600));
    painter.setPen(theme_->ok);
    const QString text = tr("best %1").arg(numberText(value));
    const int wide = painter.fontMetrics().horizontalAdvance(text);
    const QRectF area = plot();
    const double x = std::clamp(place.x() - wide / 2.0, area.left() + 2, area.right() - wide - 2);
    const double above = place.y() - 12;
    painter.drawText(QPointF(x, above > area.top() + 10 ? above : place.y() + 20), text);
}

void CurveChart::paintCursor(QPainter& painter, ValueRange values) const {
    const QRectF area = plot();
    if (!view_.cursor) return;
    const double x = std::round(xOf(*view_.cursor)) + 0.5;
    if (x < area.left() || x > area.right()) return;
    painter.setPen(QPen(theme_->tx3, 1));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    for (std::size_t i = 0; i < content_.curves.size(); ++i) {
        const ChartCurve& curve = content_.curves[i];
        const int at = nearestStep(curve.steps, *view_.cursor);
        if (at < 0) continue;
        const double y = yOf(smooth_[i][static_cast<std::size_t>(at)], values);
        if (!std::isfinite(y) || y < area.top() - 1 || y > area.bottom() + 1) continue;
        painter.setPen(QPen(theme_->bg1, 1.5));
        painter.setBrush(colourOf(*theme_, curve));
        painter.drawEllipse(QPointF(xOf(curve.steps[static_cast<std::size_t>(at)]), y), 3.2, 3.2);
    }
    painter.setFont(themeFont(10, 500, FontFamily::Mono));
    const QString text = stepText(std::round(*view_.cursor));
    const double wide = painter.fontMetrics().horizontalAdvance(text) + 10;
    const QRectF flag(std::clamp(x - wide / 2, area.left(), area.right() - wide), area.bottom() + 6,
                      wide, 16);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme_->bg4);
    painter.drawRoundedRect(flag, 3, 3);
    painter.setPen(theme_->tx1);
    painter.drawText(flag, Qt::AlignCenter, text);
}

} // namespace gesture::app
