// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/panels/panel_frame.h"
#include "app/studio/services/issue_list.h"

#include <QLabel>
#include <QListWidget>

namespace gesture::app {

/// What went wrong: sentence, place and time, newest first. Delete takes one away, Ctrl+C copies
/// it. GUI thread.
class IssuesPanel final : public PanelFrame {
    Q_OBJECT

public:
    /// `issues` must outlive it.
    IssuesPanel(IssueList& issues, const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QListWidget& list() { return *list_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();

    IssueList& issues_;
    QListWidget* list_;
    QLabel* empty_;
    QToolButton* clear_;
};

} // namespace gesture::app
