// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/actions.h"
#include "app/studio/services/settings.h"
#include "app/studio/theme/theme.h"

#include <QFrame>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QToolButton>

namespace gesture::app {

/// Mark, menus, switch of the workspaces, name of the clip, theme switch. GUI thread.
class TopBar final : public QFrame {
    Q_OBJECT

public:
    TopBar(const Actions& actions, Settings& settings, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Nothing is shown for 0.
    void setIssues(int count);
    void setClipName(const QString& name, const QString& detail);

Q_SIGNALS:
    void recentChosen(const QString& path);
    void issuesClicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fillFile(const Actions& actions);
    void fillEdit(const Actions& actions);
    void fillMask(const Actions& actions);
    void fillView(const Actions& actions);
    void fillPlayback(const Actions& actions);
    void fillGenerate(const Actions& actions);
    void fillTrain(const Actions& actions);
    void fillHelp(const Actions& actions);
    void fillRecent();
    void showPictures();
    void makeWorkspaces(const Actions& actions);
    void placeName();

    Settings& settings_;
    const Theme* theme_ = nullptr;
    QMenuBar* menus_;
    QMenu* recent_ = nullptr;
    QFrame* workspaces_;
    QLabel* name_;
    QToolButton* themeSwitch_;
    QToolButton* issues_;
    QString fullName_;
    QString detail_;
};

} // namespace gesture::app
