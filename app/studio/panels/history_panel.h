// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/panels/panel_frame.h"
#include "core/project/project.h"

#include <QListWidget>

#include <vector>

namespace gesture::app {

/// The steps of the project, newest first, above the state in which it began: the one that is seen
/// is marked, undone ones are grey. A click or Enter goes there. GUI thread.
class HistoryPanel final : public PanelFrame {
    Q_OBJECT

public:
    /// Rows that are listed at most: the newest.
    static constexpr std::size_t kMost = 500;

    HistoryPanel(const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme) override;
    /// `step`: the last one that is done; 0: none.
    void setSteps(const std::vector<project::HistoryEntry>& steps, std::int64_t step);
    [[nodiscard]] QListWidget& list() { return *list_; }

Q_SIGNALS:
    void stepChosen(qint64 step);

private:
    void choose(const QListWidgetItem* item);
    void colourRows();

    QListWidget* list_;
    std::int64_t step_ = 0;
};

} // namespace gesture::app
