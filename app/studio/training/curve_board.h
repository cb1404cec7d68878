// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/training/curve_chart.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QScrollArea>
#include <QSlider>

#include <vector>

namespace gesture::app {

/// The charts of a run, two beside each other where there is room, with smoothing and scale for
/// all of them. GUI thread.
class CurveBoard final : public QWidget {
    Q_OBJECT

public:
    explicit CurveBoard(const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setCharts(std::vector<ChartContent> charts);
    [[nodiscard]] const std::vector<CurveChart*>& charts() const { return charts_; }
    [[nodiscard]] const ChartView& view() const { return view_; }

Q_SIGNALS:
    void exportRequested(const gesture::app::ChartContent& chart);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void setView(const ChartView& view);
    void place();

    const Theme* theme_;
    ChartView view_;
    QSlider* smoothing_;
    QCheckBox* logarithmic_;
    QScrollArea* scroll_;
    QWidget* page_;
    QGridLayout* grid_;
    std::vector<CurveChart*> charts_; ///< As many as are shown.
    int columns_ = 0;
};

} // namespace gesture::app
