// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/curve_board.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr int kGap = 12;
constexpr int kRoomForTwo = 620;
constexpr int kLowest = 190;
constexpr int kSmoothingSteps = 100;

} // namespace

CurveBoard::CurveBoard(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , theme_(&theme)
    , smoothing_(new QSlider(Qt::Horizontal, this))
    , logarithmic_(new QCheckBox(tr("Log scale"), this))
    , scroll_(new QScrollArea(this))
    , page_(new QWidget(scroll_))
    , grid_(new QGridLayout(page_)) {
    auto* label = new QLabel(tr("Smoothing"), this);
    label->setObjectName(QStringLiteral("secondary"));
    smoothing_->setRange(0, kSmoothingSteps - 1);
    smoothing_->setValue(static_cast<int>(view_.smoothing * kSmoothingSteps));
    smoothing_->setFixedWidth(120);
    smoothing_->setAccessibleName(tr("Smoothing"));
    smoothing_->setToolTip(tr("How much the curves are smoothed; the values themselves stay faint "
                              "behind them"));
    logarithmic_->setToolTip(tr("Heights by powers of ten"));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(8);
    row->addWidget(label);
    row->addWidget(smoothing_);
    row->addSpacing(8);
    row->addWidget(logarithmic_);
    row->addStretch(1);
    grid_->setContentsMargins(16, 4, 16, 12);
    grid_->setSpacing(kGap);
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setWidget(page_);
    scroll_->viewport()->installEventFilter(this);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(scroll_, 1);
    connect(smoothing_, &QSlider::valueChanged, this, [this](int value) {
        ChartView view = view_;
        view.smoothing = value / static_cast<double>(kSmoothingSteps);
        setView(view);
    });
    connect(logarithmic_, &QCheckBox::toggled, this, [this](bool on) {
        ChartView view = view_;
        view.logarithmic = on;
        setView(view);
    });
}

void CurveBoard::setTheme(const Theme& theme) {
    theme_ = &theme;
    for (CurveChart* chart : charts_)
        chart->setTheme(theme);
}

void CurveBoard::setCharts(std::vector<ChartContent> charts) {
    while (charts_.size() > charts.size()) {
        delete charts_.back();
        charts_.pop_back();
        columns_ = 0;
    }
    while (charts_.size() < charts.size()) {
        auto* chart = new CurveChart(*theme_, page_);
        charts_.push_back(chart);
        connect(chart, &CurveChart::viewChanged, this, &CurveBoard::setView);
        connect(chart, &CurveChart::exportRequested, this,
                [this, chart] { Q_EMIT exportRequested(chart->content()); });
        columns_ = 0;
    }
    for (std::size_t i = 0; i < charts.size(); ++i) {
        charts_[i]->setContent(std::move(charts[i]));
        charts_[i]->setView(view_);
    }
    if (columns_ == 0) place();
}

void CurveBoard::setView(const ChartView& view) {
    view_ = view;
    for (CurveChart* chart : charts_)
        chart->setView(view);
}

void CurveBoard::place() {
    const int columns = width() >= kRoomForTwo ? 2 : 1;
    columns_ = columns;
    for (std::size_t i = 0; i < charts_.size(); ++i) {
        const int at = static_cast<int>(i);
        grid_->addWidget(charts_[i], at / columns, at % columns);
    }
    const int rows = (static_cast<int>(charts_.size()) + columns - 1) / columns;
    // The first two rows fill the page; the others are reached by scrolling.
    const int room = scroll_->viewport()->height() - 16 - kGap;
    const int height = std::max(kLowest, room / 2);
    for (int row = 0; row < grid_->rowCount(); ++row)
        grid_->setRowMinimumHeight(row, row < rows ? height : 0);
    for (CurveChart* chart : charts_) {
        chart->setFixedHeight(height);
        chart->show();
    }
    for (int column = 0; column < 2; ++column)
        grid_->setColumnStretch(column, column < columns ? 1 : 0);
    grid_->setRowStretch(rows, 1);
}

bool CurveBoard::eventFilter(QObject* watched, QEvent* event) {
    if (watched == scroll_->viewport() && event->type() == QEvent::Resize) place();
    return QWidget::eventFilter(watched, event);
}

} // namespace gesture::app
