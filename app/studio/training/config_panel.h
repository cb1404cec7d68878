// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/panels/panel_frame.h"
#include "app/studio/training/config_editor.h"
#include "app/studio/training/config_form.h"
#include "app/studio/training/config_text.h"
#include "app/studio/training/run_record.h"
#include "app/studio/training/trainer_tool.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTextEdit>
#include <QTimer>

#include <memory>

namespace gesture::app {

/// The configuration of a run: as text, as fields, and how it differs from what it began as. A new
/// one is checked while it is written and can be started when it is right; that of a run that
/// trains is shown. GUI thread.
class ConfigPanel final : public PanelFrame {
    Q_OBJECT

public:
    /// `scratch`: a file where what is written is put for the check.
    ConfigPanel(const std::filesystem::path& trainer, std::filesystem::path scratch,
                const Theme& theme, QWidget* parent = nullptr);

    enum class Mode {
        Empty,
        Shown, ///< Of a run, not to be changed.
        New,   ///< Becomes a run.
        Edited ///< Of a run that stands still.
    };

    void setTheme(const Theme& theme) override;
    void showRun(const RunRecord& run, const QString& yaml, const QString& base);
    void edit(Mode mode, const QString& name, const QString& yaml, const QString& base);
    [[nodiscard]] Mode mode() const { return mode_; }
    /// Whether what is written was checked and can be trained.
    [[nodiscard]] bool valid() const { return valid_; }
    [[nodiscard]] QString name() const { return name_->text(); }
    [[nodiscard]] QString text() const { return editor_->toPlainText(); }
    [[nodiscard]] QString base() const { return baseName_; }
    [[nodiscard]] ConfigEditor& editor() { return *editor_; }
    [[nodiscard]] QPushButton& startButton() { return *start_; }
    /// Nothing is written any more.
    void leave();
    [[nodiscard]] bool writing() const { return mode_ == Mode::New || mode_ == Mode::Edited; }
    void setBaseText(const QString& yaml);

Q_SIGNALS:
    void startRequested();
    void queueRequested();
    void copyRequested();
    void discarded();
    /// Another text was found to be right, or wrong.
    void checked(bool valid);

private:
    enum class Verdict { None, Checking, Good, Bad };
    void buildFoot();
    void onEdited();
    void check();
    void estimate();
    void showVerdict(Verdict verdict, const QString& sentence);
    void showDiff();
    void showButtons();

    TrainerTool* checker_;
    std::filesystem::path scratch_;
    Mode mode_ = Mode::Empty;
    bool valid_ = false;
    int faultLine_ = 0;
    Verdict verdict_ = Verdict::None;
    QString baseName_;
    QString baseText_;
    QTimer wait_;
    QTabWidget* tabs_;
    QLineEdit* name_;
    ConfigEditor* editor_;
    ConfigForm* form_;
    QTextEdit* diff_;
    QLabel* icon_;
    QLabel* sentence_;
    QLabel* needs_;
    QPushButton* goTo_;
    QPushButton* estimate_;
    QPushButton* queue_;
    QPushButton* start_;
    QPushButton* copy_;
    QPushButton* discard_;
};

} // namespace gesture::app
