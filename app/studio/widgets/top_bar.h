// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/actions.h"
#include "app/studio/services/settings.h"
#include "app/studio/theme/theme.h"

#include <QFrame>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>

namespace gesture::app {

/// Mark, menus, workspaces, name of the clip, theme switch. GUI thread.
class TopBar final : public QFrame {
    Q_OBJECT

public:
    TopBar(const Actions& actions, Settings& settings, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setClipName(const QString& name, const QString& detail);

Q_SIGNALS:
    void recentChosen(const QString& path);

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
    void buildSwitch(const Actions& actions);
    void fillRecent();
    void placeName();

    Settings& settings_;
    const Theme* theme_ = nullptr;
    QMenuBar* menus_;
    QMenu* recent_ = nullptr;
    QFrame* switch_; ///< The workspaces.
    QLabel* name_;
    QString fullName_;
    QString detail_;
};

} // namespace gesture::app
