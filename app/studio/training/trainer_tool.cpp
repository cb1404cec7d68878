// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/trainer_tool.h"

#include "app/studio/training/run_texts.h"

namespace gesture::app {

TrainerTool::TrainerTool(std::filesystem::path program, QObject* parent)
    : QObject(parent)
    , program_(std::move(program)) {}

TrainerTool::~TrainerTool() { drop(); }

void TrainerTool::drop() {
    QProcess* const process = process_.data();
    process_.clear();
    if (process == nullptr) return;
    process->disconnect(this);
    process->kill();
    constexpr int kEndMs = 1000;
    process->waitForFinished(kEndMs);
    process->deleteLater();
}

void TrainerTool::ask(const QStringList& arguments, Receiver receiver) {
    drop();
    if (program_.empty()) {
        receiver({-1,
                  {},
                  tr("gesture-train is not there: it is left out of a build without "
                     "libtorch.")});
        return;
    }
    auto* process = new QProcess(this);
    process_ = process;
    const auto finish = [this, process, receiver](int status) {
        if (process_ != process) return;
        process_.clear();
        process->deleteLater();
        Answer answer{status, process->readAllStandardOutput(), {}};
        if (status != 0)
            answer.sentence = lastSentenceOf(process->readAllStandardError().toStdString());
        if (status != 0 && answer.sentence.isEmpty())
            answer.sentence = tr("The program ended without an answer.");
        receiver(answer);
    };
    connect(process, &QProcess::finished, this, [finish](int status, QProcess::ExitStatus how) {
        finish(how == QProcess::NormalExit ? status : -1);
    });
    connect(process, &QProcess::errorOccurred, this, [finish](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) finish(-1);
    });
    process->setStandardInputFile(QProcess::nullDevice());
    process->start(QString::fromStdString(program_.string()), arguments);
}

} // namespace gesture::app
