// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/actions.h"
#include "app/studio/document/document.h"
#include "app/studio/services/issue_list.h"
#include "app/studio/services/loader.h"
#include "app/studio/services/settings.h"
#include "app/studio/services/sync_meter.h"
#include "app/studio/services/transport.h"
#include "app/studio/session/studio_session.h"
#include "app/studio/timeline/timeline_view.h"
#include "app/studio/timeline/transport_bar.h"
#include "app/studio/viewport/viewport_panel.h"
#include "app/studio/widgets/banner.h"
#include "app/studio/widgets/status_bar.h"
#include "app/studio/widgets/top_bar.h"
#include "app/studio/workspace/analyse_workspace.h"
#include "app/studio/workspace/inspect_panels.h"
#include "app/studio/workspace/side_panels.h"
#include "app/studio/workspace/timeline_feed.h"
#include "app/studio/workspace/train_workspace.h"
#include "app/studio/workspace/viewport_feed.h"
#include "app/studio/workspace/workspaces.h"

#include <QMainWindow>
#include <QStackedWidget>
#include <QTemporaryDir>

#include <vector>

namespace gesture::app {

/// What the window works on; all outlive it.
struct StudioParts {
    Document& document;
    Settings& settings;
    Actions& actions;
    Loader& loader;
    Transport& transport;
    ViewController& view;
    StudioSession& session;
    TrainingService& training;
};

/// Puts the panels together and routes news between services and panels. GUI thread.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(const StudioParts& parts, ThemeKind theme);

    [[nodiscard]] ViewportPanel& viewportPanel() { return *viewport_; }
    [[nodiscard]] TimelineView& timeline() { return *timeline_; }
    [[nodiscard]] TransportBar& transportBar() { return *transportBar_; }
    [[nodiscard]] StatusBar& status() { return *status_; }
    [[nodiscard]] Banner& banner() { return *banner_; }
    [[nodiscard]] SidePanels& sides() { return *sides_; }
    [[nodiscard]] InspectPanels& inspect() { return *inspect_; }
    [[nodiscard]] AnalyseWorkspace& analyse() { return *analyse_; }
    [[nodiscard]] Workspaces& workspaces() { return *workspaces_; }
    [[nodiscard]] IssueList& issues() { return *issues_; }
    [[nodiscard]] TrainWorkspace& train() { return *train_; }
    [[nodiscard]] SyncMeter& syncMeter() { return sync_; }
    [[nodiscard]] ThemeKind theme() const { return theme_; }
    /// Seconds of the steady clock at the first complete picture; 0 before it.
    [[nodiscard]] double firstPaint() const { return firstPaint_; }

    /// What F6 goes through, from above.
    [[nodiscard]] std::vector<QWidget*> areas() const;

    void setTheme(ThemeKind theme);
    void chooseFiles();
    /// What the viewport shows becomes the project's picture in lists.
    void keepPicture();
    /// Lanes and panels as the size of the window demands.
    void placePanels();

Q_SIGNALS:
    /// The first complete picture, with or without 3D, is on the screen.
    void firstPainted();

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildCentre();
    void buildTimeline();
    void buildSides();
    void buildWorkspaces();
    void buildStatus();
    void connectServices();
    void connectTimeline();
    void connectSession();
    void showJobs();
    /// Says an error in the banner and keeps it in the list.
    void showError(const QString& sentence, const QString& place);
    void showTraining();
    void useBundle(const QString& name, bool complete);
    void onChanged(DocumentChanges changes);
    void onPlaying(bool playing);
    void onPainted(FrameIndex frame);
    /// By how much the clock is past the start of a frame at this moment, seconds.
    [[nodiscard]] double lateness(FrameIndex frame);
    void onScrubbing(bool active);
    void showSound(SoundState state);
    /// What the mouse or a menu does; empty: what the keys do.
    void showHint(const QString& hint);
    void markFirstPaint();
    void updateTitle();

    Document& document_;
    Settings& settings_;
    Actions& actions_;
    Loader& loader_;
    Transport& transport_;
    ViewController& view_;
    StudioSession& session_;
    TrainingService& training_;
    ThemeKind theme_;
    QTemporaryDir pictures_; ///< For the style sheet's arrows and check marks.
    IssueList* issues_;      ///< Before the panels that list them.
    TopBar* topBar_;
    Banner* banner_ = nullptr;
    QStackedWidget* pages_ = nullptr; ///< What the workspaces have in the middle.
    QWidget* animate_ = nullptr;
    QDockWidget* timelineDock_ = nullptr;
    ViewportPanel* viewport_ = nullptr;
    TransportBar* transportBar_ = nullptr;
    TimelineView* timeline_ = nullptr;
    SidePanels* sides_ = nullptr;
    TimelineFeed* feed_ = nullptr;
    InspectPanels* inspect_ = nullptr;
    AnalyseWorkspace* analyse_ = nullptr;
    Workspaces* workspaces_ = nullptr;
    StatusBar* status_ = nullptr;
    TrainWorkspace* train_ = nullptr;
    SyncMeter sync_;
    FrameIndex lastPainted_{-1};
    bool resumeAfterScrub_ = false;
    double firstPaint_ = 0;
};

} // namespace gesture::app
