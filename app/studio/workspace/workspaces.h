// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/workspace/analyse_workspace.h"
#include "app/studio/workspace/inspect_panels.h"
#include "app/studio/workspace/side_panels.h"
#include "app/studio/workspace/train_workspace.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace gesture::app {

enum class Workspace { Animate, Analyse, Train };

/// Which panels are seen around which page. There is one viewport and one timeline: they go along.
/// GUI thread; owned by the window.
class Workspaces final : public QObject {
    Q_OBJECT

public:
    /// What is arranged; all outlive it. `pages` shows `animate` first.
    struct Pieces {
        QMainWindow& window;
        QStackedWidget& pages;
        QWidget& animate; ///< With a box layout, in which the viewport is.
        QDockWidget& timelineDock;
        TimelineView& timeline;
        ViewportPanel& viewport;
        SidePanels& sides;
        InspectPanels& inspect;
        AnalyseWorkspace& analyse;
        TrainWorkspace& train;
    };
    explicit Workspaces(const Pieces& pieces, QObject* parent);

    [[nodiscard]] Workspace current() const { return current_; }
    void show(Workspace workspace);
    /// For the size of the window; `inspect`: the panels at the right are wanted also where the
    /// window is narrow.
    void placePanels(bool inspect);

Q_SIGNALS:
    void changed(gesture::app::Workspace workspace);

private:
    void showAnimate();
    void showAnalyse();
    void showTrain();
    void leave(Workspace workspace);
    /// Gives the timeline the height that its lanes want, when the events at hand are done.
    void fitTimeline();

    Pieces pieces_;
    Workspace current_ = Workspace::Animate;
    LaneArrangement animateLanes_; ///< While another workspace is seen.
    bool inspect_ = false;
};

} // namespace gesture::app
