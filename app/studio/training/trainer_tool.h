// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QPointer>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <filesystem>
#include <functional>

namespace gesture::app {

/// Asks a program a question that is over soon (`gesture-train check`, `export`, …) without making
/// anybody wait. A new question ends the one before it. GUI thread.
class TrainerTool final : public QObject {
    Q_OBJECT

public:
    struct Answer {
        int status = -1; ///< -1: the program could not be started or was killed.
        QByteArray output;
        QString sentence; ///< What it said when it failed.
    };
    using Receiver = std::function<void(const Answer&)>;

    explicit TrainerTool(std::filesystem::path program, QObject* parent = nullptr);
    ~TrainerTool() override;

    void ask(const QStringList& arguments, Receiver receiver);
    /// Nobody wants the answer any more.
    void drop();
    [[nodiscard]] bool busy() const { return !process_.isNull(); }

private:
    std::filesystem::path program_;
    QPointer<QProcess> process_;
};

} // namespace gesture::app
