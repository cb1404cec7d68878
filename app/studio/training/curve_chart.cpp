// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/curve_chart.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr double kClick = 4.0; ///< A shorter drag is a click, logical px.
constexpr double kZoomStep = 1.25;

} // namespace

CurveChart::CurveChart(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , theme_(&theme) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::CrossCursor);
    setStatusTip(tr("Drag zooms into steps, double-click shows all, Ctrl and the wheel zoom; a "
                    "right click exports."));
}

void CurveChart::setTheme(const Theme& theme) {
    theme_ = &theme;
    update();
}

void CurveChart::setContent(ChartContent content) {
    content_ = std::move(content);
    QStringList names;
    for (const ChartCurve& curve : content_.curves)
        names.append(curve.name);
    setAccessibleName(tr("%1: %2").arg(content_.title, names.join(QStringLiteral(", "))));
    smooth();
    update();
}

void CurveChart::setView(const ChartView& view) {
    if (view == view_) return;
    const bool rough = view.smoothing != view_.smoothing;
    view_ = view;
    if (rough) smooth();
    update();
}

void CurveChart::smooth() {
    smooth_.clear();
    for (const ChartCurve& curve : content_.curves)
        smooth_.push_back(smoothed(curve.values, curve.marked ? 0.0 : view_.smoothing));
}

ValueRange CurveChart::allSteps() const {
    ValueRange range{0.0, 1.0};
    for (const ChartCurve& curve : content_.curves)
        if (!curve.steps.empty()) range.high = std::max(range.high, curve.steps.back());
    return range;
}

ValueRange CurveChart::shownSteps() const { return view_.steps.value_or(allSteps()); }

ValueRange CurveChart::shownValues() const {
    const ValueRange steps = shownSteps();
    std::vector<double> values;
    for (std::size_t i = 0; i < content_.curves.size(); ++i) {
        const ChartCurve& curve = content_.curves[i];
        for (std::size_t at = 0; at < curve.steps.size(); ++at)
            if (curve.steps[at] >= steps.low && curve.steps[at] <= steps.high)
                values.push_back(smooth_[i][at]);
    }
    return roomFor(values, view_.logarithmic);
}

double CurveChart::stepAt(double x) const {
    const QRectF area = plot();
    const ValueRange steps = shownSteps();
    return steps.low + (x - area.left()) / std::max(1.0, area.width()) * steps.length();
}

double CurveChart::xOf(double step) const {
    const QRectF area = plot();
    const ValueRange steps = shownSteps();
    return area.left() + (step - steps.low) / steps.length() * area.width();
}

double CurveChart::yOf(double value, ValueRange values) const {
    const QRectF area = plot();
    const double share =
        view_.logarithmic && values.low > 0.0
            ? std::log(std::max(value, 1e-300) / values.low) / std::log(values.high / values.low)
            : (value - values.low) / values.length();
    return area.bottom() - share * area.height();
}

void CurveChart::change(const ChartView& view) {
    setView(view);
    Q_EMIT viewChanged(view_);
}

void CurveChart::zoomBy(double factor, double step) {
    const ValueRange all = allSteps();
    ValueRange shown = shownSteps();
    shown = {step - (step - shown.low) / factor, step + (shown.high - step) / factor};
    shown.low = std::max(shown.low, all.low);
    shown.high = std::min(shown.high, all.high);
    constexpr double kFewest = 4.0;
    ChartView view = view_;
    view.steps = shown.length() >= all.length() * 0.999 ? std::nullopt : std::optional(shown);
    if (shown.length() < kFewest) return;
    change(view);
}

void CurveChart::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
    dragFrom_ = event->position().x();
    dragTo_ = *dragFrom_;
}

void CurveChart::mouseMoveEvent(QMouseEvent* event) {
    ChartView view = view_;
    const bool inside = plot().contains(event->position());
    view.cursor = inside || dragFrom_ ? std::optional(stepAt(event->position().x())) : std::nullopt;
    if (dragFrom_) dragTo_ = event->position().x();
    change(view);
    update();
}

void CurveChart::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !dragFrom_) return;
    const double from = std::min(*dragFrom_, dragTo_);
    const double to = std::max(*dragFrom_, dragTo_);
    dragFrom_.reset();
    if (to - from >= kClick) {
        const ValueRange all = allSteps();
        ChartView view = view_;
        view.steps = ValueRange{std::max(all.low, stepAt(from)), std::min(all.high, stepAt(to))};
        if (view.steps->length() > 1.0) change(view);
    }
    update();
}

void CurveChart::mouseDoubleClickEvent(QMouseEvent*) {
    ChartView view = view_;
    view.steps.reset();
    change(view);
}

void CurveChart::wheelEvent(QWheelEvent* event) {
    if (!event->modifiers().testFlag(Qt::ControlModifier)) return event->ignore();
    const double factor = event->angleDelta().y() > 0 ? kZoomStep : 1.0 / kZoomStep;
    zoomBy(factor, stepAt(event->position().x()));
    event->accept();
}

void CurveChart::keyPressEvent(QKeyEvent* event) {
    const ValueRange shown = shownSteps();
    const double middle = shown.low + shown.length() / 2.0;
    const bool left = event->key() == Qt::Key_Left;
    if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal) {
        zoomBy(kZoomStep, view_.cursor.value_or(middle));
    } else if (event->key() == Qt::Key_Minus) {
        zoomBy(1.0 / kZoomStep, view_.cursor.value_or(middle));
    } else if (left || event->key() == Qt::Key_Right) {
        constexpr double kSteps = 100.0;
        ChartView view = view_;
        const double by = shown.length() / kSteps * (left ? -1.0 : 1.0);
        view.cursor = std::clamp(view_.cursor.value_or(middle) + by, shown.low, shown.high);
        change(view);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void CurveChart::leaveEvent(QEvent*) {
    ChartView view = view_;
    view.cursor.reset();
    change(view);
}

void CurveChart::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Export…")), &QAction::triggered, this,
            &CurveChart::exportRequested);
    QAction* const all = menu->addAction(tr("Show all steps"));
    all->setEnabled(view_.steps.has_value());
    connect(all, &QAction::triggered, this, [this] {
        ChartView view = view_;
        view.steps.reset();
        change(view);
    });
    menu->popup(event->globalPos());
}

} // namespace gesture::app
