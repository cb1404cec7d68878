// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/attention_model.h"
#include "app/studio/attention/figure_export.h"
#include "app/studio/attention/segment_bar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QWidget>

#include <array>
#include <stop_token>

class QGridLayout;

namespace gesture::app {

/// Content of the dialog "Export figure": formats, what of the map, size, scale, folder and name,
/// and how far the writing is. The work is done on an executor; nothing waits for it. GUI thread.
class FigurePanel final : public QWidget {
    Q_OBJECT

public:
    FigurePanel(AttentionModel& model, Executor& executor, const Theme& theme,
                QWidget* parent = nullptr);
    ~FigurePanel() override;

    void setTheme(const Theme& theme);
    void setFolder(const QString& folder);
    /// What would be written now. Error in words when the range cannot be exported.
    [[nodiscard]] Result<FigureRequest> request() const;
    void start();
    void cancel();

    [[nodiscard]] QCheckBox& formatBox(FigureFormat format) {
        return *formats_[static_cast<std::size_t>(format)];
    }
    [[nodiscard]] QLineEdit& name() { return *name_; }
    [[nodiscard]] QPushButton& exportButton() { return *export_; }
    [[nodiscard]] QString resultText() const { return result_->text(); }

Q_SIGNALS:
    /// The writing has ended; `files` is empty when it failed or was stopped.
    void finished(const QStringList& files);
    void showInFolderRequested(const QString& folder);

private:
    void buildWhat(QGridLayout& grid, const Theme& theme);
    void buildLook(QGridLayout& grid);
    void buildTarget(QGridLayout& grid);
    void addRow(QGridLayout& grid, const QString& name, QWidget* field, QWidget* named);
    void chooseFolder();
    void suggest();
    void refresh();
    void take(const Result<std::vector<std::string>>& written);

    AttentionModel& model_;
    Executor& executor_;
    ResultPost post_{*this};
    std::array<QCheckBox*, kFigureFormatCount> formats_{};
    SegmentBar* range_ = nullptr;
    QDoubleSpinBox* width_ = nullptr;
    QSpinBox* resolution_ = nullptr;
    QDoubleSpinBox* largest_ = nullptr;
    QComboBox* colours_ = nullptr;
    QLineEdit* folder_ = nullptr;
    QLineEdit* name_ = nullptr;
    QLabel* files_ = nullptr;
    QLabel* result_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QPushButton* export_ = nullptr;
    QPushButton* show_ = nullptr;
    std::stop_source stop_;
    bool running_ = false;
};

} // namespace gesture::app
