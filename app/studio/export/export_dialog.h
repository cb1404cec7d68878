// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/export/export_jobs.h"

#include <QDialog>
#include <QSettings>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QProgressBar;
class QPushButton;

namespace gesture::app {

/// What there is to export. Value; a new one is given whenever it changes.
struct ExportSubject {
    std::shared_ptr<const motion::Clip> clip; ///< Null: nothing, the dialog says so.
    QString take;                             ///< "Take 2"
    QString name;                             ///< Proposed for files, without an ending.
    std::filesystem::path folder;             ///< Proposed.
    std::filesystem::path avatar;
    std::vector<float> loudness;
    std::string provenance;
    std::optional<FrameRange> inOut; ///< The range that is set on the timeline.
    std::vector<interchange::ExportSegment> segments;
};

/// Chooses what is written and writes it, without stopping the work in the window. A preset of a
/// program on the left sets everything on the right; the last settings are kept. GUI thread.
class ExportDialog final : public QDialog {
    Q_OBJECT

public:
    ExportDialog(const std::filesystem::path& settingsFile, QWidget* parent);

    void setSubject(ExportSubject subject);
    /// The last export again, with what is there now. False when there was none yet.
    bool repeat();

Q_SIGNALS:
    /// News for the status bar.
    void noted(const QString& sentence);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildList();
    [[nodiscard]] QWidget* buildForm();
    [[nodiscard]] QWidget* buildFoot();
    void choosePreset(int row);
    void chooseFolder();
    void describe();
    void start();
    void showRunning(bool runs);
    void onFinished(const QStringList& files, const QStringList& remarks);
    void onFailed(const Error& error);
    void showInFolder();
    void restore();
    void keep();

    [[nodiscard]] const interchange::TargetProgram& program() const;
    [[nodiscard]] interchange::ExportSettings settings() const;
    [[nodiscard]] std::filesystem::path output() const;
    [[nodiscard]] interchange::ExportRequest request() const;

    QSettings kept_;
    ExportSubject subject_;
    ExportJobs jobs_;
    std::shared_ptr<const io::Avatar> avatar_; ///< Null while it is read.
    QString shown_;                            ///< The file that "Show in folder" shows.

    QListWidget* presets_ = nullptr;
    QLabel* hint_ = nullptr;
    QLineEdit* name_ = nullptr;
    QLineEdit* folder_ = nullptr;
    QComboBox* range_ = nullptr;
    QComboBox* rate_ = nullptr;
    QComboBox* names_ = nullptr;
    QComboBox* root_ = nullptr;
    QCheckBox* mesh_ = nullptr;
    QCheckBox* face_ = nullptr;
    QCheckBox* rootBone_ = nullptr;
    QLabel* preview_ = nullptr;
    QLabel* news_ = nullptr;
    QProgressBar* bar_ = nullptr;
    QPushButton* show_ = nullptr;
    QPushButton* cancel_ = nullptr;
    QPushButton* export_ = nullptr;
};

} // namespace gesture::app
