// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/actions.h"
#include "app/studio/training/config_panel.h"
#include "app/studio/training/machine_panel.h"
#include "app/studio/training/run_page.h"
#include "app/studio/training/runs_panel.h"
#include "app/studio/training/training_service.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QTabWidget>

namespace gesture::app {

/// The workspace Train: at the left the runs over the machine, in the middle a run, at the right
/// its configuration. What people want there is asked of the training service. GUI thread; owned
/// by the window.
class TrainWorkspace final : public QObject {
    Q_OBJECT

public:
    TrainWorkspace(QMainWindow& window, TrainingService& service, const Actions& actions,
                   const Theme& theme);

    void setTheme(const Theme& theme);
    /// Shows or hides the docks; the page is the window's.
    void setShown(bool shown);
    /// The window is too low for panels above each other, or too narrow for three beside.
    void setRoom(bool low, bool narrow);

    [[nodiscard]] RunPage& page() { return *page_; }
    [[nodiscard]] RunsPanel& runs() { return *runs_; }
    [[nodiscard]] ConfigPanel& config() { return *config_; }
    /// A configuration file becomes the beginning of a new run.
    void openConfig(const std::filesystem::path& file);
    /// The dialog for a new run.
    void beginRun();
    /// A new run's configuration, to be written on and started.
    void writeNew(const QString& name, const QString& yaml, const QString& base);
    /// That of a template ("tiny/tokenizer_hands") for a prepared corpus; an empty one leaves the
    /// template's.
    void writeTemplate(const QString& title, const QString& corpus);
    /// Makes a bundle of a run's best checkpoint, or of the one named.
    void useCheckpoint(const RunRecord& run, const std::filesystem::path& checkpoint);
    /// The bundle whose other networks a new one takes over.
    void setBaseBundle(const std::filesystem::path& folder) { baseBundle_ = folder; }

Q_SIGNALS:
    void failed(const QString& sentence);
    void noted(const QString& sentence);
    /// A bundle with the networks of a run is there.
    void bundleMade(const QString& name, bool complete);

private:
    void connectActions(const Actions& actions);
    void connectPanels();
    void refresh();
    void showChosen();
    void showConfig();
    void showAvailable();
    void command(RunsPanel::Command command, const std::filesystem::path& folder);
    void moveInQueue(const std::filesystem::path& folder, int by);
    void startWritten(bool queued);
    void takeAdvice(RunAdvice::Step step);
    void copyRun(const RunRecord& run);
    void editRun(const RunRecord& run);
    void openCluster();
    void openBoard(const std::filesystem::path& folder);
    void askToDelete(const std::filesystem::path& folder);
    void exportChart(const ChartContent& chart);
    void watchFolder();
    void place(bool low);
    void setConfigShown(bool shown);
    [[nodiscard]] RunPointer chosen() const;
    /// False, and said, when it did not work.
    bool succeeded(const Status& status);

    TrainingService& service_;
    const Actions& actions_;
    QMainWindow& window_;
    QDockWidget* left_;
    QDockWidget* right_;
    QWidget* stacked_;
    QTabWidget* tabs_;
    RunsPanel* runs_;
    MachinePanel* machine_;
    ConfigPanel* config_;
    RunPage* page_;
    TrainerTool* exporter_;
    RunPointer shownConfig_;
    std::filesystem::path edited_; ///< Run whose configuration is being edited.
    std::filesystem::path baseBundle_;
    bool shown_ = false;
    bool low_ = false;
    bool narrow_ = false;
    bool configWanted_ = false; ///< Where the window is narrow.
};

} // namespace gesture::app
