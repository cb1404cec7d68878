// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/checkpoint_table.h"

#include "app/studio/training/run_texts.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QVBoxLayout>

namespace gesture::app {

CheckpointTable::CheckpointTable(QWidget* parent)
    : QWidget(parent)
    , table_(new QTableWidget(0, 5, this))
    , use_(new QPushButton(tr("Use in Animate"), this))
    , delete_(new QPushButton(tr("Delete"), this)) {
    table_->setAccessibleName(tr("Checkpoints"));
    table_->setHorizontalHeaderLabels(
        {tr("Step"), tr("Figure"), tr("Size"), tr("Written"), QString()});
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(26);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setShowGrid(false);
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    use_->setToolTip(tr("Make a model of this checkpoint and choose it for generating"));
    delete_->setToolTip(tr("Delete this checkpoint from the disk"));
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(use_);
    row->addWidget(delete_);
    row->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 12);
    column->setSpacing(8);
    column->addWidget(table_, 1);
    column->addLayout(row);
    connect(table_, &QTableWidget::itemSelectionChanged, this, &CheckpointTable::showButtons);
    connect(use_, &QPushButton::clicked, this, [this] {
        if (chosen() != nullptr) Q_EMIT useRequested(*chosen());
    });
    connect(delete_, &QPushButton::clicked, this, [this] {
        if (chosen() != nullptr) Q_EMIT deleteRequested(*chosen());
    });
    showButtons();
}

const RunCheckpoint* CheckpointTable::chosen() const {
    const int row = table_->currentRow();
    const bool there = row >= 0 && row < static_cast<int>(checkpoints_.size());
    return there ? &checkpoints_[static_cast<std::size_t>(row)] : nullptr;
}

void CheckpointTable::showButtons() {
    use_->setEnabled(chosen() != nullptr);
    // While a run trains, it decides which checkpoints stay.
    delete_->setEnabled(chosen() != nullptr && !active_);
}

void CheckpointTable::setRun(const RunRecord& run) {
    const std::int64_t before = chosen() != nullptr ? chosen()->step : -1;
    checkpoints_ = run.checkpoints;
    active_ = isActive(run.state);
    table_->setRowCount(static_cast<int>(checkpoints_.size()));
    const QLocale locale;
    int selected = checkpoints_.empty() ? -1 : 0;
    for (int row = 0; row < table_->rowCount(); ++row) {
        const RunCheckpoint& one = checkpoints_[static_cast<std::size_t>(row)];
        const bool best = run.best && one.figure && *one.figure == *run.best;
        const QStringList cells{locale.toString(static_cast<qlonglong>(one.step)),
                                one.figure ? numberText(*one.figure) : QStringLiteral("–"),
                                bytesText(static_cast<double>(one.bytes)), dateText(one.time),
                                best ? tr("best") : QString()};
        for (int column = 0; column < cells.size(); ++column)
            table_->setItem(row, column, new QTableWidgetItem(cells[column]));
        if (one.step == before || (before < 0 && best)) selected = row;
    }
    if (selected >= 0) table_->selectRow(selected);
    showButtons();
}

} // namespace gesture::app
