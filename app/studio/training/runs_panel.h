// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/panels/panel_frame.h"
#include "app/studio/training/run_record.h"

#include <QAction>
#include <QListView>

#include <memory>
#include <vector>

namespace gesture::app {

/// The runs: those that train, the queue, the rest. One is chosen; others that are selected with
/// it (Ctrl and a click) are compared with it. GUI thread.
class RunsPanel final : public PanelFrame {
    Q_OBJECT

public:
    using Run = std::shared_ptr<const RunRecord>;
    RunsPanel(QAction& fresh, const Theme& theme, QWidget* parent = nullptr);
    ~RunsPanel() override;

    void setTheme(const Theme& theme) override;
    void setRuns(const std::vector<Run>& runs);
    /// Nothing when there is none.
    [[nodiscard]] std::filesystem::path chosen() const { return chosen_; }
    [[nodiscard]] std::vector<std::filesystem::path> compared() const;
    void choose(const std::filesystem::path& folder);
    [[nodiscard]] QListView& list() { return *list_; }

    /// What the menu of a run offers.
    enum class Command {
        Start,
        Queue,
        Unqueue,
        MoveUp,
        MoveDown,
        Stop,
        EndNow,
        Copy,
        Edit,
        Folder,
        Board,
        Archive,
        Delete
    };

Q_SIGNALS:
    void choiceChanged();
    void commanded(gesture::app::RunsPanel::Command command, const QString& folder);
    /// Runs of another folder are to be shown, too.
    void watchRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class Model;
    class Painter;
    void fill();
    void takeSelection();
    void showMenu(const QPoint& place);
    void showMore();

    Model* model_;
    Painter* painter_;
    QListView* list_;
    QLabel* empty_;
    QToolButton* more_;
    std::vector<Run> runs_;
    std::filesystem::path chosen_;
    bool archived_ = false; ///< Archived ones are shown.
    bool filling_ = false;
};

} // namespace gesture::app
