// SPDX-License-Identifier: Apache-2.0
#include "app/studio/workspace/train_workspace.h"

#include "app/studio/training/run_templates.h"

#include <QDesktopServices>
#include <QTabBar>
#include <QUrl>

namespace gesture::app {

namespace {

namespace fs = std::filesystem;

QString text(const std::string& words) { return QString::fromStdString(words); }

} // namespace

TrainWorkspace::TrainWorkspace(QMainWindow& window, TrainingService& service,
                               const Actions& actions, const Theme& theme)
    : QObject(&window)
    , service_(service)
    , actions_(actions)
    , window_(window)
    , left_(new QDockWidget(tr("Runs and this machine"), &window))
    , right_(new QDockWidget(tr("Configuration"), &window))
    , stacked_(new QWidget(left_))
    , tabs_(new QTabWidget(left_))
    , runs_(new RunsPanel(actions[ActionId::TrainNew], theme, left_))
    , machine_(new MachinePanel(service.folder(), theme, left_))
    , config_(new ConfigPanel(service.trainer(), service.folder() / ".draft" / kConfigFile, theme,
                              right_))
    , page_(new RunPage({&actions[ActionId::TrainUse], &actions[ActionId::TrainCheckpoint],
                         &actions[ActionId::TrainStop], &actions[ActionId::TrainResume],
                         &actions[ActionId::TrainNew], &actions[ActionId::TrainConfig]},
                        theme, &window))
    , exporter_(new TrainerTool(service.trainer(), this)) {
    left_->setObjectName(QStringLiteral("trainLeftDock"));
    right_->setObjectName(QStringLiteral("trainRightDock"));
    for (QDockWidget* dock : {left_, right_}) {
        dock->setFeatures(QDockWidget::NoDockWidgetFeatures);
        dock->setTitleBarWidget(new QWidget(dock));
        dock->hide();
    }
    auto* column = new QVBoxLayout(stacked_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    tabs_->setObjectName(QStringLiteral("panelTabs"));
    tabs_->setDocumentMode(true);
    tabs_->tabBar()->setToolTip(tr("The runs, or what the computer has to do"));
    tabs_->tabBar()->setAccessibleName(tr("Panels"));
    right_->setWidget(config_);
    window.addDockWidget(Qt::LeftDockWidgetArea, left_);
    window.addDockWidget(Qt::RightDockWidgetArea, right_);
    place(false);
    connectActions(actions);
    connectPanels();
    connect(&service_, &TrainingService::changed, this, &TrainWorkspace::refresh);
    connect(&service_, &TrainingService::failed, this, &TrainWorkspace::failed);
    refresh();
}

void TrainWorkspace::connectActions(const Actions& actions) {
    const auto go = [&](ActionId id, auto work) {
        connect(&actions[id], &QAction::triggered, this, work);
    };
    go(ActionId::TrainNew, [this] { beginRun(); });
    go(ActionId::TrainQueue, [this] { startWritten(true); });
    go(ActionId::TrainStart, [this] { startWritten(false); });
    go(ActionId::TrainStop, [this] {
        if (chosen()) command(RunsPanel::Command::Stop, chosen()->folder);
    });
    go(ActionId::TrainCheckpoint, [this] {
        if (chosen() && succeeded(service_.checkpoint(chosen()->folder)))
            Q_EMIT noted(tr("A checkpoint is written after this step."));
    });
    go(ActionId::TrainResume, [this] {
        if (chosen()) command(RunsPanel::Command::Start, chosen()->folder);
    });
    go(ActionId::TrainUse, [this] {
        if (chosen()) useCheckpoint(*chosen(), chosen()->folder);
    });
    go(ActionId::TrainBoard,
       [this] { openBoard(chosen() ? chosen()->folder : service_.folder()); });
    go(ActionId::TrainCluster, [this] { openCluster(); });
    go(ActionId::TrainConfig, [this](bool on) { setConfigShown(on); });
}

void TrainWorkspace::connectPanels() {
    connect(runs_, &RunsPanel::choiceChanged, this, [this] {
        shownConfig_.reset();
        showChosen();
        showConfig();
    });
    connect(config_, &ConfigPanel::discarded, this, [this] {
        edited_.clear();
        shownConfig_.reset();
        showConfig();
        showAvailable();
    });
    connect(runs_, &RunsPanel::commanded, this,
            [this](RunsPanel::Command wanted, const QString& folder) {
                command(wanted, folder.toStdString());
            });
    connect(runs_, &RunsPanel::watchRequested, this, &TrainWorkspace::watchFolder);
    connect(config_, &ConfigPanel::startRequested, this, [this] { startWritten(false); });
    connect(config_, &ConfigPanel::queueRequested, this, [this] { startWritten(true); });
    connect(config_, &ConfigPanel::copyRequested, this, [this] {
        if (chosen()) copyRun(*chosen());
    });
    connect(config_, &ConfigPanel::checked, this, &TrainWorkspace::showAvailable);
    connect(page_, &RunPage::useRequested, this, [this](const RunCheckpoint& checkpoint) {
        if (chosen()) useCheckpoint(*chosen(), checkpoint.file);
    });
    connect(page_, &RunPage::deleteRequested, this, [this](const RunCheckpoint& checkpoint) {
        if (chosen()) succeeded(service_.removeCheckpoint(chosen()->folder, checkpoint));
    });
    connect(page_, &RunPage::exportRequested, this, &TrainWorkspace::exportChart);
    connect(page_, &RunPage::notesChanged, this, [this](const RunNotes& notes) {
        if (chosen()) succeeded(service_.setNotes(chosen()->folder, notes));
    });
    connect(page_, &RunPage::adviceTaken, this, &TrainWorkspace::takeAdvice);
}

bool TrainWorkspace::succeeded(const Status& status) {
    if (!status) Q_EMIT failed(text(status.error().message()));
    return status.ok();
}

RunPointer TrainWorkspace::chosen() const { return service_.find(runs_->chosen()); }

void TrainWorkspace::refresh() {
    runs_->setRuns(service_.runs());
    int count = 0;
    double bytes = 0.0;
    for (const RunPointer& run : service_.runs()) {
        for (const RunCheckpoint& checkpoint : run->checkpoints) {
            ++count;
            bytes += static_cast<double>(checkpoint.bytes);
        }
    }
    machine_->setCheckpoints(count, bytes);
    machine_->setActive(service_.active());
    showChosen();
    showConfig();
}

void TrainWorkspace::showChosen() {
    if (shown_) {
        std::vector<RunPointer> compared;
        for (const fs::path& folder : runs_->compared())
            if (RunPointer run = service_.find(folder)) compared.push_back(std::move(run));
        page_->setRun(chosen(), compared);
    }
    showAvailable();
}

void TrainWorkspace::showConfig() {
    const RunPointer run = chosen();
    // What is being written stays until it is started or discarded.
    if (!run || config_->writing()) return;
    const bool same = shownConfig_ && shownConfig_->folder == run->folder &&
                      isActive(shownConfig_->state) == isActive(run->state);
    if (same) return;
    shownConfig_ = run;
    config_->showRun(*run, configTextOf(run->folder),
                     baseTextOf(run->notes.base, service_.folder()));
}

void TrainWorkspace::showAvailable() {
    const RunPointer run = chosen();
    const auto enable = [&](ActionId id, bool on) { actions_[id].setEnabled(shown_ && on); };
    std::error_code code;
    const bool active = run && isActive(run->state);
    const bool own = run && fs::exists(run->folder / kConfigFile, code);
    actions_[ActionId::TrainNew].setEnabled(true);
    enable(ActionId::TrainQueue, config_->valid());
    enable(ActionId::TrainStart, config_->valid());
    enable(ActionId::TrainStop, active && run->state != RunState::Stopping);
    enable(ActionId::TrainCheckpoint, active && run->state == RunState::Running && own);
    enable(ActionId::TrainResume, own && !active && run->state != RunState::Finished);
    enable(ActionId::TrainUse, run && !run->checkpoints.empty() && !exporter_->busy());
    enable(ActionId::TrainBoard, run != nullptr);
    actions_[ActionId::TrainResume].setText(run && run->step > 0 ? tr("&Resume") : tr("&Start"));
}

void TrainWorkspace::moveInQueue(const fs::path& folder, int by) {
    int place = 0;
    for (const RunPointer& run : service_.runs()) {
        if (run->folder == folder) break;
        if (run->state == RunState::Queued) ++place;
    }
    service_.moveInQueue(folder, place + by);
}

void TrainWorkspace::command(RunsPanel::Command wanted, const fs::path& folder) {
    const RunPointer run = service_.find(folder);
    if (!run) return;
    using Command = RunsPanel::Command;
    switch (wanted) {
    case Command::Start:
        succeeded(service_.startRun(folder));
        return;
    case Command::Queue:
        succeeded(service_.enqueue(folder));
        return;
    case Command::Unqueue:
        service_.dequeue(folder);
        return;
    case Command::MoveUp:
    case Command::MoveDown:
        moveInQueue(folder, wanted == Command::MoveUp ? -1 : 1);
        return;
    case Command::Stop:
        if (succeeded(service_.stop(folder)))
            Q_EMIT noted(tr("%1 finishes its step, writes a checkpoint and stops.").arg(run->name));
        return;
    case Command::EndNow:
        succeeded(service_.endNow(folder));
        return;
    case Command::Copy:
        copyRun(*run);
        return;
    case Command::Edit:
        editRun(*run);
        return;
    case Command::Folder:
        QDesktopServices::openUrl(QUrl::fromLocalFile(text(folder.string())));
        return;
    case Command::Board:
        openBoard(folder);
        return;
    case Command::Archive: {
        RunNotes notes = run->notes;
        notes.archived = !notes.archived;
        succeeded(service_.setNotes(folder, notes));
        return;
    }
    case Command::Delete:
        askToDelete(folder);
        return;
    }
}

} // namespace gesture::app
