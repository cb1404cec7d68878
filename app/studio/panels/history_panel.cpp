// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/history_panel.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr int kStepRole = Qt::UserRole;

} // namespace

HistoryPanel::HistoryPanel(const Theme& theme, QWidget* parent)
    : PanelFrame(tr("History"), theme, parent)
    , list_(new QListWidget(this)) {
    list_->setObjectName(QStringLiteral("rows"));
    list_->setAccessibleName(tr("Steps"));
    list_->setToolTip(tr("Click a step to go back, or on, to it"));
    list_->setUniformItemSizes(true);
    body().setContentsMargins(0, 0, 0, 0);
    body().addWidget(list_, 1);
    connect(list_, &QListWidget::itemClicked, this, &HistoryPanel::choose);
    connect(list_, &QListWidget::itemActivated, this, &HistoryPanel::choose);
    setSteps({}, 0);
}

void HistoryPanel::setTheme(const Theme& theme) {
    PanelFrame::setTheme(theme);
    colourRows();
}

void HistoryPanel::choose(const QListWidgetItem* item) {
    if (item == nullptr) return;
    const qint64 step = item->data(kStepRole).toLongLong();
    if (step != step_) Q_EMIT stepChosen(step);
}

void HistoryPanel::setSteps(const std::vector<project::HistoryEntry>& steps, std::int64_t step) {
    step_ = step;
    list_->clear();
    const auto add = [this](const QString& text, std::int64_t number, const QString& tip) {
        auto* item = new QListWidgetItem(text, list_);
        item->setData(kStepRole, static_cast<qlonglong>(number));
        item->setToolTip(tip);
        if (number == step_) list_->setCurrentItem(item);
    };
    const std::size_t first = steps.size() > kMost ? steps.size() - kMost : 0;
    for (std::size_t i = steps.size(); i > first; --i) {
        const project::HistoryEntry& entry = steps[i - 1];
        const QDateTime time = QDateTime::fromSecsSinceEpoch(entry.time);
        add(QString::fromStdString(entry.name), entry.number,
            tr("Step %1, %2")
                .arg(entry.number)
                .arg(QLocale().toString(time, QLocale::ShortFormat)));
    }
    if (first == 0) add(tr("As it began"), 0, tr("Take every step back"));
    colourRows();
}

void HistoryPanel::colourRows() {
    for (int row = 0; row < list_->count(); ++row) {
        QListWidgetItem& item = *list_->item(row);
        const bool undone = item.data(kStepRole).toLongLong() > step_;
        item.setForeground(undone ? theme().txd : theme().tx1);
    }
}

} // namespace gesture::app
