// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/panels/panel_frame.h"
#include "app/studio/services/bundle_list.h"
#include "core/project/project_state.h"

#include <QComboBox>
#include <QProgressBar>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>

#include <optional>
#include <vector>

namespace gesture::app {

/// What the Generate panel shows. Value type.
struct GenerateContent {
    QString sourceName; ///< Empty: no sound is open.
    QString sourceDetail;
    std::vector<BundleChoice> bundles;
    project::GenerateSettings settings;
    bool masked = false; ///< There is something to make anew.
    QString remark;      ///< Something to know of the mask.
    QString obstacle;    ///< Why nothing can be generated; empty: it can be.

    struct Running {
        QString text; ///< "Take 2 of 3"
        double share; ///< 0..1; negative: unknown.
        QString left; ///< "4 s left"
    };
    std::optional<Running> running;
};

/// Where motion is asked for: model, speaker, takes, variation, and what is rarely changed behind
/// "More". Keeps nothing: what the user changes is told, and comes back as content. GUI thread.
class GeneratePanel final : public PanelFrame {
    Q_OBJECT

public:
    GeneratePanel(const Theme& theme, QWidget* parent = nullptr);

    void setContent(const GenerateContent& content);
    void setTheme(const Theme& theme) override;

Q_SIGNALS:
    void settingsChanged(const gesture::project::GenerateSettings& settings);
    void newTakesRequested();
    void regenerateRequested();
    void cancelRequested();
    void openRequested();
    void startPoseRequested();

private:
    void buildSource();
    void buildModel();
    void buildMore();
    void buildButtons();
    void fillModel();
    void fillSpeaker();
    void showButtons();
    void change(const std::function<void(project::GenerateSettings&)>& edit);
    [[nodiscard]] const BundleChoice* bundle() const;

    GenerateContent content_;
    QFrame* source_;
    QLabel* sourceIcon_;
    QLabel* sourceName_;
    QLabel* sourceDetail_;
    QComboBox* model_;
    QComboBox* speaker_;
    QSpinBox* takes_;
    QSlider* variation_;
    QLabel* variationValue_;
    QToolButton* more_;
    QWidget* moreRows_;
    QComboBox* pose_;
    QComboBox* root_;
    QComboBox* device_;
    QSpinBox* seed_;
    QWidget* remarkRow_;
    QLabel* remarkIcon_;
    QLabel* remark_;
    QPushButton* regenerate_;
    QPushButton* newTakes_;
    QPushButton* cancel_;
    QProgressBar* bar_;
    QLabel* progress_;
};

} // namespace gesture::app
