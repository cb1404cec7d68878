// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/training/checkpoint_table.h"
#include "app/studio/training/curve_board.h"
#include "app/studio/training/log_view.h"
#include "app/studio/training/run_charts.h"
#include "app/studio/training/run_texts.h"
#include "app/studio/widgets/message_card.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTabWidget>

#include <array>

namespace gesture::app {

/// Everything about one run: title with what can be done, six figures, charts, and below them log,
/// checkpoints, notes. GUI thread; owned by the window.
class RunPage final : public QFrame {
    Q_OBJECT

public:
    /// Buttons of the title, shown as the run's state allows.
    struct Buttons {
        QAction* use = nullptr;
        QAction* checkpoint = nullptr;
        QAction* stop = nullptr;
        QAction* resume = nullptr;
        QAction* fresh = nullptr;  ///< New run.
        QAction* config = nullptr; ///< Shows the configuration where there is little room.
    };
    RunPage(const Buttons& buttons, const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// `compared`: other runs whose curves are drawn beside. nullptr: no run is chosen.
    void setRun(const std::shared_ptr<const RunRecord>& run,
                const std::vector<std::shared_ptr<const RunRecord>>& compared);
    [[nodiscard]] CurveBoard& board() { return *board_; }
    [[nodiscard]] LogView& log() { return *log_; }
    [[nodiscard]] CheckpointTable& checkpoints() { return *checkpoints_; }
    [[nodiscard]] QString title() const { return name_->text(); }

Q_SIGNALS:
    void useRequested(const gesture::app::RunCheckpoint& checkpoint);
    void deleteRequested(const gesture::app::RunCheckpoint& checkpoint);
    void exportRequested(const gesture::app::ChartContent& chart);
    void notesChanged(const gesture::app::RunNotes& notes);
    void adviceTaken(gesture::app::RunAdvice::Step step);

private:
    struct Figure {
        QLabel* name;
        QLabel* value;
    };
    void buildTitle(const Buttons& buttons);
    void buildFigures();
    void buildAdvice();
    void buildTabs();
    void showFigures(const RunRecord& run);
    void showAdvice(const RunRecord& run);
    void showNotes(const RunRecord& run);
    void sendNotes();

    const Theme* theme_;
    std::shared_ptr<const RunRecord> run_;
    QStackedWidget* stack_;
    QWidget* page_;
    MessageCard* empty_;
    QWidget* bar_;
    QLabel* name_;
    QLabel* detail_;
    std::array<Figure, 6> figures_{};
    QFrame* advice_;
    QLabel* adviceIcon_;
    QLabel* adviceText_;
    QPushButton* adviceButton_;
    CurveBoard* board_;
    QTabWidget* tabs_;
    LogView* log_;
    CheckpointTable* checkpoints_;
    QLineEdit* tags_;
    QPlainTextEdit* notes_;
};

} // namespace gesture::app
