// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/actions.h"
#include "app/studio/panels/generate_panel.h"
#include "app/studio/panels/takes_panel.h"
#include "app/studio/session/studio_session.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QTabWidget>

namespace gesture::app {

/// The panels beside the viewport, filled from the session: at the left Generate over Takes (as
/// tabs where the window is low). GUI thread; owned by the window.
class SidePanels final : public QObject {
    Q_OBJECT

public:
    SidePanels(QMainWindow& window, StudioSession& session, Document& document,
               const Actions& actions, const Theme& theme);

    void setTheme(const Theme& theme);
    /// The window is too low for panels above each other.
    void setLow(bool low);
    void setShown(bool shown) { left_->setVisible(shown); }

    [[nodiscard]] QDockWidget& dock() { return *left_; }
    [[nodiscard]] GeneratePanel& generate() { return *generate_; }
    [[nodiscard]] TakesPanel& takes() { return *takes_; }

private:
    void connectGenerate(const Actions& actions);
    void connectTakes();
    void showGenerate();
    void showTakes();
    void place(bool low);

    StudioSession& session_;
    Document& document_;
    QDockWidget* left_;
    QWidget* stacked_;
    QTabWidget* tabs_;
    GeneratePanel* generate_;
    TakesPanel* takes_;
    bool low_ = false;
};

} // namespace gesture::app
