// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/training/trainer_tool.h"

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QTimer>

#include <filesystem>

namespace gesture::app {

/// Hands a run in to a cluster with Slurm, and shows the jobs that were handed in from here; all of
/// it by the program `gesture cluster`. GUI thread.
class ClusterDialog final : public QDialog {
    Q_OBJECT

public:
    /// `run`: the folder of the run that can be handed in; empty: none.
    ClusterDialog(const std::filesystem::path& gesture, std::filesystem::path run, QWidget* parent);

    [[nodiscard]] QTableWidget& jobs() { return *table_; }
    [[nodiscard]] QPushButton& submitButton() { return *submit_; }

private:
    void buildForm();
    void buildTable();
    void submit();
    void refresh();
    void fill(const QByteArray& lines);
    void cancel();
    void say(const QString& sentence);

    TrainerTool* submitter_;
    TrainerTool* lister_;
    std::filesystem::path run_;
    QLineEdit* host_;
    QLineEdit* partition_;
    QLineEdit* time_;
    QSpinBox* tasks_;
    QSpinBox* cpus_;
    QSpinBox* gpus_;
    QPushButton* submit_;
    QTableWidget* table_;
    QPushButton* cancel_;
    QLabel* sentence_;
    QTimer timer_;
};

} // namespace gesture::app
