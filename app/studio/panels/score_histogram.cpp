// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/score_histogram.h"

#include "app/studio/theme/style_sheet.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr double kKeyStep = 0.01;
constexpr double kPageStep = 0.1;

} // namespace

ScoreHistogram::ScoreHistogram(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , theme_(&theme)
    , ring_(new FocusRing(*this)) {
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::SizeHorCursor);
    setAccessibleName(tr("Distribution of the score, with the threshold"));
    setToolTip(tr("Drag the line: what is above it counts as semantic. Arrow keys move it by "
                  "0.01."));
    setTheme(theme);
}

void ScoreHistogram::setTheme(const Theme& theme) {
    theme_ = &theme;
    ring_->setColour(theme.acc);
    update();
}

void ScoreHistogram::setScores(std::span<const float> scores) {
    counts_.assign(kBins, 0);
    for (const float score : scores) {
        if (std::isnan(score)) continue;
        const auto bin =
            static_cast<std::size_t>(std::clamp(static_cast<int>(score * kBins), 0, kBins - 1));
        ++counts_[bin];
    }
    update();
}

void ScoreHistogram::setThreshold(double threshold) {
    threshold_ = std::clamp(threshold, 0.0, 1.0);
    setAccessibleDescription(tr("Threshold %1").arg(QLocale().toString(threshold_, 'f', 2)));
    update();
}

QRect ScoreHistogram::plot() const { return rect().adjusted(4, 18, -4, -16); }

double ScoreHistogram::xOf(double score) const { return plot().left() + score * plot().width(); }

void ScoreHistogram::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRect area = plot();
    painter.fillRect(area, theme_->bg1);
    const int most = std::max(1, *std::max_element(counts_.begin(), counts_.end()));
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        const double left = xOf(static_cast<double>(i) / kBins);
        const double right = xOf(static_cast<double>(i + 1) / kBins);
        // The square root keeps few high scores visible beside many low ones.
        const double height = area.height() * std::sqrt(static_cast<double>(counts_[i]) / most);
        const bool above = (static_cast<double>(i) + 0.5) / kBins > threshold_;
        painter.fillRect(QRectF(left, area.bottom() + 1 - height, right - left - 1, height),
                         withAlpha(theme_->sem, above ? 0.9 : 0.35));
    }
    painter.fillRect(QRect(area.left(), area.bottom() + 1, area.width(), 1), theme_->line2);
    painter.setFont(themeFont(10, 400, FontFamily::Mono));
    painter.setPen(theme_->tx3);
    for (int i = 0; i <= 4; ++i) {
        const QRectF place(xOf(i / 4.0) - 20, area.bottom() + 3, 40, 12);
        const auto side = i == 0 ? Qt::AlignLeft : (i == 4 ? Qt::AlignRight : Qt::AlignHCenter);
        const QRectF kept =
            i == 0 ? place.translated(20, 0) : (i == 4 ? place.translated(-20, 0) : place);
        painter.drawText(kept, side | Qt::AlignVCenter, QLocale().toString(i / 4.0, 'f', 2));
    }
    const double x = std::round(xOf(threshold_));
    painter.setPen(QPen(theme_->tx1, 1, Qt::DashLine));
    painter.drawLine(QPointF(x + 0.5, area.top()), QPointF(x + 0.5, area.bottom()));
    const QRectF label(std::clamp(x - 20, area.left() + 0.0, area.right() - 40.0), 0, 40, 16);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme_->line2);
    painter.setBrush(theme_->bg3);
    painter.drawRoundedRect(label.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setFont(themeFont(11, 500, FontFamily::Mono));
    painter.setPen(theme_->tx1);
    painter.drawText(label, Qt::AlignCenter, QLocale().toString(threshold_, 'f', 2));
}

void ScoreHistogram::moveTo(double threshold, bool finished) {
    setThreshold(std::round(threshold * 100) / 100);
    Q_EMIT thresholdChanged(threshold_, finished);
}

void ScoreHistogram::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    held_ = true;
    moveTo((event->position().x() - plot().left()) / plot().width(), false);
}

void ScoreHistogram::mouseMoveEvent(QMouseEvent* event) {
    if (held_) moveTo((event->position().x() - plot().left()) / plot().width(), false);
}

void ScoreHistogram::mouseReleaseEvent(QMouseEvent*) {
    if (!held_) return;
    held_ = false;
    moveTo(threshold_, true);
}

bool ScoreHistogram::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const bool own = (key >= Qt::Key_Home && key <= Qt::Key_PageDown);
        if (own) event->accept();
    }
    return QWidget::event(event);
}

void ScoreHistogram::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
        return moveTo(threshold_ - kKeyStep, true);
    case Qt::Key_Right:
    case Qt::Key_Up:
        return moveTo(threshold_ + kKeyStep, true);
    case Qt::Key_PageUp:
        return moveTo(threshold_ + kPageStep, true);
    case Qt::Key_PageDown:
        return moveTo(threshold_ - kPageStep, true);
    case Qt::Key_Home:
        return moveTo(0, true);
    case Qt::Key_End:
        return moveTo(1, true);
    default:
        QWidget::keyPressEvent(event);
    }
}

RocView::RocView(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , theme_(&theme) {
    setFixedSize(sizeHint());
    setToolTip(tr("Each threshold: of what is not annotated so much is found (right), of what is "
                  "annotated so much (up). The diagonal is chance."));
}

void RocView::setTheme(const Theme& theme) {
    theme_ = &theme;
    update();
}

void RocView::setCurve(metrics::RocCurve curve) {
    curve_ = std::move(curve);
    setAccessibleName(tr("ROC curve, area %1").arg(QLocale().toString(curve_.area, 'f', 3)));
    update();
}

void RocView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.fillRect(area, theme_->bg1);
    painter.setPen(theme_->line2);
    painter.drawRect(area);
    painter.setPen(QPen(theme_->tx3, 1, Qt::DotLine));
    painter.drawLine(area.bottomLeft(), area.topRight());
    QPolygonF line;
    for (const metrics::RocPoint& point : curve_.points) {
        line << QPointF(area.left() + point.falseShare * area.width(),
                        area.bottom() - point.trueShare * area.height());
    }
    painter.setPen(QPen(theme_->sem, 1.6));
    painter.drawPolyline(line);
}

} // namespace gesture::app
