// SPDX-License-Identifier: Apache-2.0
#include "app/studio/workspace/session_actions.h"

#include "core/io/transcript/transcript_file.h"

#include <QFileDialog>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr const char* kEnding = ".gesture";

void chooseName(StudioSession& session, MainWindow& window) {
    const QString filter =
        MainWindow::tr("Gesture Studio project (*%1)").arg(QLatin1String(kEnding));
    auto* dialog = new QFileDialog(
        &window, MainWindow::tr("Save the project as"),
        QString::fromStdString(session.state().name) + QLatin1String(kEnding), filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QString::fromLatin1(kEnding + 1));
    QObject::connect(dialog, &QFileDialog::fileSelected, &session,
                     [&session](const QString& file) { session.saveAs(file.toStdString()); });
    dialog->open();
}

/// The take `step` rows below A becomes A.
void stepTake(StudioSession& session, int step) {
    std::vector<project::ItemId> shown;
    for (const project::Take& take : session.state().takes)
        if (!take.deleted) shown.push_back(take.id);
    const project::Take* const a = session.takeA();
    if (a == nullptr || shown.size() < 2) return;
    const auto at = std::ranges::find(shown, a->id) - shown.begin();
    const auto count = static_cast<std::ptrdiff_t>(shown.size());
    session.showAsA(shown[static_cast<std::size_t>((at + step + count) % count)]);
}

void wireWords(const StudioParts& parts, MainWindow& window) {
    QObject::connect(&parts.loader, &Loader::wordsChosen, &window,
                     [parts, &window](const std::filesystem::path& path) {
                         auto words = io::readTranscript(path);
                         if (!words) {
                             window.banner().showError(
                                 QString::fromStdString(words.error().message()));
                             return;
                         }
                         parts.session.apply(
                             project::SetTranscript{std::move(*words), path.filename().string()});
                     });
}

void showAvailable(const StudioParts& parts) {
    const StudioSession& session = parts.session;
    const project::Project* const project = session.project();
    const bool able = session.obstacle().isEmpty();
    const QString obstacle = session.networkObstacle();
    const bool take = session.takeA() != nullptr;
    const auto several = std::ranges::count(session.state().takes, false, &project::Take::deleted);
    const auto enable = [&](ActionId id, bool on) { parts.actions[id].setEnabled(on); };
    enable(ActionId::FileSaveAs, project != nullptr);
    enable(ActionId::EditUndo, project != nullptr && project->undoEntry().has_value());
    enable(ActionId::EditRedo, project != nullptr && project->redoEntry().has_value());
    enable(ActionId::GenNewTakes, able);
    enable(ActionId::GenRegenerate, obstacle.isEmpty() && take && !session.state().mask->empty());
    enable(ActionId::GenAnalyse, obstacle.isEmpty() && take);
    const QString noTake = take ? QString() : MainWindow::tr("There is no take yet.");
    const QString noMask = session.state().mask->empty()
                               ? MainWindow::tr("Nothing is masked. Paint on the part lanes.")
                               : QString();
    parts.actions.setReason(ActionId::GenNewTakes, session.obstacle());
    parts.actions.setReason(ActionId::GenAnalyse, !obstacle.isEmpty() ? obstacle : noTake);
    parts.actions.setReason(ActionId::GenRegenerate, !obstacle.isEmpty() ? obstacle
                                                     : !noTake.isEmpty() ? noTake
                                                                         : noMask);
    enable(ActionId::GenCancel, !session.jobs().empty());
    enable(ActionId::TakePrevious, several > 1);
    enable(ActionId::TakeNext, several > 1);
    const bool compared = take && session.takeB() != nullptr;
    enable(ActionId::TakeSwap, compared);
    parts.actions.setAvailable(Needs::Comparison, compared);
    const auto named = [&](ActionId id, const QString& plain, const auto& entry) {
        parts.actions[id].setText(
            project != nullptr && entry
                ? QStringLiteral("%1 “%2”").arg(plain, QString::fromStdString(entry->name))
                : plain);
    };
    if (project == nullptr) return;
    named(ActionId::EditUndo, MainWindow::tr("&Undo"), project->undoEntry());
    named(ActionId::EditRedo, MainWindow::tr("&Redo"), project->redoEntry());
}

} // namespace

void wireSession(const StudioParts& parts, MainWindow& window) {
    const auto go = [&](ActionId id, auto work) {
        QObject::connect(&parts.actions[id], &QAction::triggered, &window, std::move(work));
    };
    StudioSession& session = parts.session;
    go(ActionId::FileSaveAs, [&session, &window] {
        window.keepPicture();
        chooseName(session, window);
    });
    go(ActionId::EditUndo, [&session] { session.undo(); });
    go(ActionId::EditRedo, [&session] { session.redo(); });
    go(ActionId::GenNewTakes, [&session] { session.newTakes(); });
    go(ActionId::GenRegenerate, [&session] { session.regenerate(); });
    go(ActionId::GenAnalyse, [&session] { session.analyse(); });
    go(ActionId::GenCancel, [&session] { session.cancel(); });
    go(ActionId::TakePrevious, [&session] { stepTake(session, -1); });
    go(ActionId::TakeNext, [&session] { stepTake(session, 1); });
    go(ActionId::TakeSwap, [&session] { session.swapTakes(); });
    QObject::connect(&session, &StudioSession::changed, &window, [parts] { showAvailable(parts); });
    QObject::connect(&session, &StudioSession::jobsChanged, &window,
                     [parts] { showAvailable(parts); });
    QObject::connect(&parts.loader, &Loader::projectChosen, &session, &StudioSession::openProject);
    QObject::connect(&session, &StudioSession::soundWanted, &parts.loader, &Loader::openSound);
    wireWords(parts, window);
    showAvailable(parts);
}

} // namespace gesture::app
