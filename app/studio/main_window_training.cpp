// SPDX-License-Identifier: Apache-2.0
// What training means for the rest of the window.
#include "app/studio/main_window.h"
#include "app/studio/training/run_texts.h"

namespace gesture::app {

void MainWindow::useBundle(const QString& name, bool complete) {
    session_.setBundles(installedBundleChoices());
    if (!complete || findBundle(session_.bundles(), name.toStdString()) == nullptr) return;
    project::GenerateSettings settings = session_.state().generate;
    settings.bundle = name.toStdString();
    session_.apply(project::SetGenerate{settings});
    status_->note(tr("%1 is the model in Animate now.").arg(name));
}

void MainWindow::showTraining() {
    const RunPointer run = training_.active();
    if (!run) return status_->hideRun();
    const QString left = run->state == RunState::Running && run->secondsLeft >= 0
                             ? durationText(run->secondsLeft)
                             : stateText(run->state).toLower();
    status_->showRun(run->name, run->share(), left);
}

} // namespace gesture::app
