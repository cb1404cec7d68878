// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"
#include "app/studio/training/run_record.h"

#include <QPushButton>
#include <QTableWidget>

namespace gesture::app {

/// The checkpoints of a run: step, figure, size, age; what can be done with one. GUI thread.
class CheckpointTable final : public QWidget {
    Q_OBJECT

public:
    explicit CheckpointTable(QWidget* parent = nullptr);

    void setRun(const RunRecord& run);
    [[nodiscard]] QPushButton& useButton() { return *use_; }

Q_SIGNALS:
    /// Its networks are wanted in Animate.
    void useRequested(const gesture::app::RunCheckpoint& checkpoint);
    void deleteRequested(const gesture::app::RunCheckpoint& checkpoint);

private:
    [[nodiscard]] const RunCheckpoint* chosen() const;
    void showButtons();

    QTableWidget* table_;
    QPushButton* use_;
    QPushButton* delete_;
    std::vector<RunCheckpoint> checkpoints_;
    bool active_ = false;
};

} // namespace gesture::app
