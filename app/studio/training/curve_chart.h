// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"
#include "app/studio/training/curve_math.h"
#include "app/studio/training/run_record.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace gesture::app {

/// A curve of a chart.
struct ChartCurve {
    QString name;
    QColor Theme::*colour = nullptr;
    bool compared = false; ///< Of another run: dashed.
    bool marked = false;   ///< Few points, which are shown.
    std::vector<double> steps;
    std::vector<double> values;
};

struct ChartContent {
    QString title;
    QString remark; ///< "lower is better"
    std::vector<ChartCurve> curves;
    std::optional<double> bestStep; ///< Of the first curve.
};

/// How all charts of a run are drawn.
struct ChartView {
    double smoothing = 0.6; ///< 0 to below 1.
    bool logarithmic = false;
    std::optional<ValueRange> steps; ///< Zoomed in; nothing: all of them.
    std::optional<double> cursor;    ///< Step under the pointer, in whichever chart.
    bool operator==(const ChartView&) const = default;
};

/// Curves over the steps with title, values at the cursor, axes. Dragging zooms into steps, a
/// double-click shows all; the wheel zooms with Ctrl. The crosshair is shared by the charts of a
/// run. GUI thread.
class CurveChart final : public QWidget {
    Q_OBJECT

public:
    explicit CurveChart(const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setContent(ChartContent content);
    void setView(const ChartView& view);
    [[nodiscard]] const ChartContent& content() const { return content_; }
    [[nodiscard]] const ChartView& view() const { return view_; }
    /// What the steps reach from and to.
    [[nodiscard]] ValueRange allSteps() const;
    [[nodiscard]] QSize minimumSizeHint() const override { return {260, 190}; }

Q_SIGNALS:
    /// The user zooms, or points at a step.
    void viewChanged(const gesture::app::ChartView& view);
    void exportRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] ValueRange shownSteps() const;
    [[nodiscard]] ValueRange shownValues() const;
    [[nodiscard]] double xOf(double step) const;
    [[nodiscard]] double yOf(double value, ValueRange values) const;
    [[nodiscard]] double stepAt(double x) const;
    void smooth();
    void zoomBy(double factor, double step);
    void change(const ChartView& view);
    void paintHead(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;
    void paintAxes(QPainter& painter, ValueRange values) const;
    void paintCurve(QPainter& painter, std::size_t index, ValueRange values) const;
    void paintBest(QPainter& painter, ValueRange values) const;
    void paintCursor(QPainter& painter, ValueRange values) const;

    const Theme* theme_;
    ChartContent content_;
    ChartView view_;
    std::vector<std::vector<double>> smooth_; ///< Of each curve.
    std::optional<double> dragFrom_;          ///< x, logical px.
    double dragTo_ = 0.0;
};

} // namespace gesture::app
