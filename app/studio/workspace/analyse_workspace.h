// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/cursor_panel.h"
#include "app/studio/attention/map_page.h"
#include "app/studio/attention/map_picker.h"
#include "app/studio/dialogs/figure_dialog.h"
#include "app/studio/panels/words_panel.h"
#include "app/studio/session/studio_session.h"
#include "app/studio/timeline/timeline_view.h"
#include "app/studio/viewport/viewport_panel.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QPointer>
#include <QSplitter>
#include <QTabWidget>

namespace gesture::app {

/// The workspace for reading attention maps: picker at the left, the big map in the middle, the
/// viewport over "At the cursor" and the words at the right. GUI thread; owned by the window.
class AnalyseWorkspace final : public QObject {
    Q_OBJECT

public:
    /// What it looks at and works on; all outlive it.
    struct Surroundings {
        QMainWindow& window;
        StudioSession& session;
        Document& document;
        TimelineView& timeline;
        AttentionModel& model;
        Executor& executor;
    };
    AnalyseWorkspace(const Surroundings& surroundings, const Theme& theme);

    void setTheme(const Theme& theme);
    /// The page in the middle.
    [[nodiscard]] MapPage& page() { return *page_; }
    [[nodiscard]] MapPicker& picker() { return *picker_; }
    [[nodiscard]] WordsPanel& words() { return *words_; }
    /// Shows or hides the docks; the viewport is taken in, and has to be taken back afterwards.
    void setShown(bool shown, ViewportPanel& viewport);
    /// For the width of the window.
    void placePanels(int windowWidth);
    /// Shows the dialog for the map that is seen.
    void exportFigure();
    [[nodiscard]] FigureDialog* figureDialog() const { return figure_; }
    /// What F6 goes through.
    [[nodiscard]] std::vector<QWidget*> areas() const;

Q_SIGNALS:
    void hinted(const QString& hint);

private:
    void buildDocks();
    void connectPicker();
    void refresh();
    void showTakes();

    QMainWindow& window_;
    StudioSession& session_;
    Document& document_;
    TimelineView& timeline_;
    AttentionModel& model_;
    Executor& executor_;
    const Theme* theme_;
    QDockWidget* left_;
    QDockWidget* right_;
    MapPicker* picker_;
    MapPage* page_;
    QSplitter* side_;
    QTabWidget* tabs_;
    CursorPanel* cursor_;
    WordsPanel* words_;
    QPointer<FigureDialog> figure_;
    std::vector<project::ItemId> sources_;             ///< Takes by their place in the picker.
    std::shared_ptr<const inference::Analysis> rated_; ///< That `words_` shows.
    std::shared_ptr<const audio::Transcript> said_;
    bool shown_ = false;
};

} // namespace gesture::app
