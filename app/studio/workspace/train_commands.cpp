// SPDX-License-Identifier: Apache-2.0
// What the workspace Train does for its longer commands.
#include "app/studio/workspace/train_workspace.h"

#include "app/studio/training/cluster_dialog.h"
#include "app/studio/training/new_run_dialog.h"
#include "app/studio/training/run_texts.h"
#include "core/base/atomic_file.h"
#include "core/base/paths.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QMessageBox>
#include <QProcess>
#include <QUrl>

namespace gesture::app {

namespace {

namespace fs = std::filesystem;

constexpr int kLeftWidth = 340;
constexpr int kLowLeftWidth = 272;
constexpr int kRightWidth = 380;
constexpr int kNarrowRightWidth = 330;
constexpr std::size_t kMaxConfig = std::size_t{1} << 20;

QString text(const std::string& words) { return QString::fromStdString(words); }

/// The corpus that a configuration names, as a path that holds anywhere.
fs::path corpusOf(const QString& yaml, const fs::path& folder) {
    const auto store = configValue(yaml, QStringLiteral("data.store"));
    if (!store || store->isEmpty()) return {};
    const fs::path path(store->toStdString());
    return path.is_absolute() ? path : (folder / path).lexically_normal();
}

} // namespace

void TrainWorkspace::beginRun() {
    fs::path corpus;
    for (const RunPointer& run : service_.runs()) {
        corpus = corpusOf(configTextOf(run->folder), run->folder);
        if (!corpus.empty()) break;
    }
    auto* dialog = new NewRunDialog(corpus, &window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NewRunDialog::chosen, this, &TrainWorkspace::writeNew);
    dialog->open();
}

void TrainWorkspace::writeNew(const QString& name, const QString& yaml, const QString& base) {
    actions_[ActionId::ViewTrain].trigger();
    edited_.clear();
    shownConfig_.reset();
    setConfigShown(true);
    config_->edit(ConfigPanel::Mode::New, name, yaml, base);
    if (const QString begun = baseTextOf(base, service_.folder()); !begun.isEmpty())
        config_->setBaseText(begun);
    showAvailable();
}

void TrainWorkspace::writeTemplate(const QString& title, const QString& corpus) {
    for (const RunTemplate& one : runTemplates()) {
        if (one.title() != title) continue;
        const QString store = QStringLiteral("data.store");
        writeNew(QStringLiteral("%1-%2").arg(one.name, one.set),
                 corpus.isEmpty() ? one.text : withConfigValue(one.text, store, corpus), title);
    }
}

void TrainWorkspace::openConfig(const fs::path& file) {
    const auto yaml = readTextFile(file, kMaxConfig);
    if (!yaml) {
        Q_EMIT failed(text(yaml.error().message()));
        return;
    }
    QString written = text(*yaml);
    // Its relative paths began at its own folder.
    if (const fs::path corpus = corpusOf(written, file.parent_path()); !corpus.empty())
        written = withConfigValue(written, QStringLiteral("data.store"), text(corpus.string()));
    writeNew(text(file.stem().string()), written, text(file.filename().string()));
}

void TrainWorkspace::copyRun(const RunRecord& run) {
    QString yaml = configTextOf(run.folder);
    if (const fs::path corpus = corpusOf(yaml, run.folder); !corpus.empty())
        yaml = withConfigValue(yaml, QStringLiteral("data.store"), text(corpus.string()));
    writeNew(run.name, yaml, run.name);
}

void TrainWorkspace::editRun(const RunRecord& run) {
    edited_ = run.folder;
    runs_->choose(run.folder);
    shownConfig_.reset();
    setConfigShown(true);
    const QString base = run.notes.base;
    config_->edit(ConfigPanel::Mode::Edited, run.name, configTextOf(run.folder), base);
    showAvailable();
}

void TrainWorkspace::startWritten(bool queued) {
    if (!config_->valid()) return;
    fs::path folder = edited_;
    if (config_->mode() == ConfigPanel::Mode::New) {
        auto made = service_.create(config_->name(), config_->text(), config_->base());
        if (!made) {
            Q_EMIT failed(text(made.error().message()));
            return;
        }
        folder = *made;
    } else if (!succeeded(service_.saveConfig(folder, config_->text()))) {
        return;
    }
    edited_.clear();
    if (!succeeded(queued ? service_.enqueue(folder) : service_.startRun(folder))) return;
    const QString name = text(folder.filename().string());
    Q_EMIT noted(queued ? tr("%1 waits in the queue.").arg(name)
                        : tr("%1 begins. It goes on when this window is closed.").arg(name));
    config_->leave();
    shownConfig_.reset();
    // It is chosen as soon as the service has seen it.
    auto* once = new QObject(this);
    connect(&service_, &TrainingService::changed, once, [this, folder, once] {
        if (!service_.find(folder)) return;
        once->deleteLater();
        runs_->setRuns(service_.runs());
        runs_->choose(folder);
    });
    service_.refresh();
}

void TrainWorkspace::takeAdvice(RunAdvice::Step step) {
    const RunPointer run = chosen();
    if (!run) return;
    switch (step) {
    case RunAdvice::Step::Resume:
        return command(RunsPanel::Command::Start, run->folder);
    case RunAdvice::Step::FreeDisk:
        return command(RunsPanel::Command::Folder, run->folder);
    case RunAdvice::Step::EditConfig:
        return editRun(*run);
    case RunAdvice::Step::None:
        break;
    }
}

void TrainWorkspace::useCheckpoint(const RunRecord& run, const fs::path& checkpoint) {
    const fs::path target = userDataDirectory() / "bundles" / run.folder.filename();
    const QString yaml = configTextOf(run.folder);
    fs::path base = baseBundle_;
    // Generators learn on the codes of a bundle's tokenizers, and go with these.
    if (const auto tokens = configValue(yaml, QStringLiteral("tokens"));
        tokens && !tokens->isEmpty())
        base = (run.folder / tokens->toStdString()).lexically_normal();
    QStringList question{QStringLiteral("export"), text(checkpoint.string()), QStringLiteral("-o"),
                         text(target.string())};
    std::error_code code;
    if (!base.empty() && base != target && fs::exists(base, code))
        question << QStringLiteral("--base") << text(base.string());
    fs::create_directories(target.parent_path(), code);
    Q_EMIT noted(tr("Making a model of %1…").arg(run.name));
    exporter_->ask(question, [this, name = run.name](const TrainerTool::Answer& answer) {
        showAvailable();
        if (answer.status != 0) {
            Q_EMIT failed(answer.sentence);
            return;
        }
        const QString said = QString::fromUtf8(answer.output);
        const QString lacking = QStringLiteral("Not complete yet: ");
        const qsizetype at = said.indexOf(lacking);
        if (at >= 0)
            Q_EMIT noted(tr("The networks are in the bundle %1. It cannot make motion yet: %2")
                             .arg(name, said.mid(at + lacking.size()).trimmed()));
        Q_EMIT bundleMade(name, at < 0);
    });
    showAvailable();
}

void TrainWorkspace::openCluster() {
    const RunPointer run = chosen();
    std::error_code code;
    const bool able = run && !isActive(run->state) && fs::exists(run->folder / kConfigFile, code);
    auto* dialog = new ClusterDialog(findProgram("gesture").value_or(""),
                                     able ? run->folder : fs::path(), &window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void TrainWorkspace::openBoard(const fs::path& folder) {
    const auto board = findProgram("tensorboard");
    if (!board) {
        Q_EMIT failed(tr("TensorBoard is not installed (pip install tensorboard). The curves "
                         "here, and figures.csv in the run's folder, hold the same values."));
        return;
    }
    constexpr int kPort = 6006;
    QProcess process;
    process.setProgram(text(board->string()));
    process.setArguments({QStringLiteral("--logdir"), text(folder.string()),
                          QStringLiteral("--port"), QString::number(kPort)});
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    if (!process.startDetached()) {
        Q_EMIT failed(tr("TensorBoard cannot be started."));
        return;
    }
    const QString address = QStringLiteral("http://localhost:%1").arg(kPort);
    Q_EMIT noted(tr("TensorBoard shows %1 at %2.").arg(text(folder.filename().string()), address));
    QDesktopServices::openUrl(QUrl(address));
}

void TrainWorkspace::askToDelete(const fs::path& folder) {
    const RunPointer run = service_.find(folder);
    if (!run) return;
    double bytes = 0.0;
    for (const RunCheckpoint& checkpoint : run->checkpoints)
        bytes += static_cast<double>(checkpoint.bytes);
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("Delete a run"),
                                tr("Delete %1 with its records and %n checkpoints (%2)? This "
                                   "cannot be undone.",
                                   nullptr, static_cast<int>(run->checkpoints.size()))
                                    .arg(run->name, bytesText(bytes)),
                                QMessageBox::Cancel, &window_);
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* yes = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(yes, &QAbstractButton::clicked, this,
            [this, folder] { succeeded(service_.remove(folder)); });
    box->open();
}

void TrainWorkspace::exportChart(const ChartContent& chart) {
    const RunPointer run = chosen();
    if (!run) return;
    auto* dialog =
        new QFileDialog(&window_, tr("Export the chart"), run->name + QStringLiteral(".svg"),
                        tr("Drawing (*.svg);;Document (*.pdf);;Picture (*.png);;Table (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("svg"));
    const ChartFigure figure{run->name.toStdString(), chart, page_->board().view()};
    connect(dialog, &QFileDialog::fileSelected, this, [this, figure](const QString& file) {
        if (succeeded(saveChart(figure, file.toStdString())))
            Q_EMIT noted(tr("Exported to %1.").arg(file));
    });
    dialog->open();
}

void TrainWorkspace::watchFolder() {
    auto* dialog = new QFileDialog(&window_, tr("Folder with runs"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& folder) { service_.watch(folder.toStdString()); });
    dialog->open();
}

void TrainWorkspace::place(bool low) {
    if (low) {
        tabs_->addTab(runs_, tr("Runs"));
        tabs_->addTab(machine_, tr("This machine"));
        left_->setWidget(tabs_);
    } else {
        stacked_->layout()->addWidget(runs_);
        stacked_->layout()->addWidget(machine_);
        static_cast<QVBoxLayout*>(stacked_->layout())->setStretchFactor(runs_, 1);
        left_->setWidget(stacked_);
        runs_->show();
        machine_->show();
    }
    (low ? static_cast<QWidget*>(tabs_) : stacked_)->show();
    (low ? stacked_ : static_cast<QWidget*>(tabs_))->hide();
    runs_->setTitleVisible(!low);
    machine_->setTitleVisible(!low);
    left_->setFixedWidth(low ? kLowLeftWidth : kLeftWidth);
}

void TrainWorkspace::setRoom(bool low, bool narrow) {
    if (low != low_) {
        low_ = low;
        place(low);
    }
    narrow_ = narrow;
    right_->setFixedWidth(narrow ? kNarrowRightWidth : kRightWidth);
    setShown(shown_);
}

void TrainWorkspace::setConfigShown(bool shown) {
    configWanted_ = shown;
    setShown(shown_);
}

void TrainWorkspace::setShown(bool shown) {
    const bool appears = shown && !shown_;
    shown_ = shown;
    left_->setVisible(shown);
    right_->setVisible(shown && (!narrow_ || configWanted_));
    actions_[ActionId::TrainConfig].setChecked(!narrow_ || configWanted_);
    actions_[ActionId::TrainConfig].setEnabled(shown && narrow_);
    if (appears) {
        shownConfig_.reset();
        showConfig();
    }
    showChosen();
}

void TrainWorkspace::setTheme(const Theme& theme) {
    runs_->setTheme(theme);
    machine_->setTheme(theme);
    config_->setTheme(theme);
    page_->setTheme(theme);
}

} // namespace gesture::app
