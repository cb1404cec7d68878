// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/attention_model.h"
#include "app/studio/attention/attention_panel.h"
#include "app/studio/panels/history_panel.h"
#include "app/studio/panels/issues_panel.h"
#include "app/studio/panels/mask_panel.h"
#include "app/studio/panels/semantic_panel.h"
#include "app/studio/session/studio_session.h"
#include "app/studio/timeline/timeline_view.h"
#include "app/studio/workspace/timeline_feed.h"
#include "core/base/executor.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QTabWidget>

#include <utility>

namespace gesture::app {

/// The dock at the right: attention, semantic score and mask of take A, filled from the session;
/// what the user wants there becomes commands. GUI thread; owned by the window.
class InspectPanels final : public QObject {
    Q_OBJECT

public:
    /// What they look at and work on; all outlive them.
    struct Surroundings {
        QMainWindow& window;
        StudioSession& session;
        Document& document;
        TimelineView& timeline;
        TimelineFeed& feed;
        IssueList& issues;
    };
    InspectPanels(const Surroundings& surroundings, const Theme& theme);

    void setTheme(const Theme& theme);
    [[nodiscard]] QDockWidget& dock() { return *dock_; }
    [[nodiscard]] QTabWidget& tabs() { return *tabs_; }
    [[nodiscard]] HistoryPanel& history() { return *history_; }
    [[nodiscard]] IssuesPanel& issues() { return *issues_; }
    /// The list of what went wrong comes to the front.
    void showIssues();
    [[nodiscard]] AttentionModel& attention() { return *model_; }
    /// What maps are searched and written on.
    [[nodiscard]] Executor& executor() { return executor_; }

Q_SIGNALS:
    /// A stretch is to be played.
    void playRequested(const gesture::FrameRange& range);
    void hinted(const QString& hint);

private:
    void connectAttention();
    void connectSemantic();
    void connectMask();
    void refresh();
    void refreshHistory();
    void followPlayhead();
    void addToMask(const inference::EditMask& mask, const QString& name);
    void setGate(const TokenSpan& tokens, GateMode mode);
    void setMaskOptions(const std::function<void(project::MaskOptions&)>& edit,
                        project::Gesture gesture = {});
    void saveTable(const std::string& table);
    [[nodiscard]] AttentionContent attentionOf(const project::Take* take) const;
    [[nodiscard]] SemanticContent semanticContent() const;
    [[nodiscard]] MaskContent maskContent() const;
    [[nodiscard]] bool analysing() const;

    StudioSession& session_;
    Document& document_;
    TimelineView& timeline_;
    TimelineFeed& feed_;
    ThreadPoolExecutor executor_{1};
    QDockWidget* dock_;
    QTabWidget* tabs_;
    AttentionModel* model_;
    AttentionPanel* attention_;
    SemanticPanel* semantic_;
    MaskPanel* mask_;
    HistoryPanel* history_;
    IssuesPanel* issues_;
    std::pair<std::int64_t, std::int64_t> shownSteps_{-1, -1}; ///< The last one, and the one after.
    project::Gesture dragged_;                                 ///< Of a slider that is being moved.
};

} // namespace gesture::app
