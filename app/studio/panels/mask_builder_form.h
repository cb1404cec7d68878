// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/segment_bar.h"
#include "app/studio/panels/mask_content.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSlider>
#include <QSpinBox>
#include <QStackedWidget>

class QLabel;

namespace gesture::app {

/// The fields of a recipe: which builder, its numbers or words, how it joins. GUI thread.
class MaskBuilderForm final : public QWidget {
    Q_OBJECT

public:
    MaskBuilderForm(const Theme& theme, QWidget* parent);

    void setTheme(const Theme& theme) { join_->setTheme(theme); }
    /// Without parts and without the whole frames switch: the panel knows these.
    [[nodiscard]] MaskRecipe recipe() const;
    void choose(MaskBuilder builder);

    [[nodiscard]] QComboBox& builder() { return *builder_; }
    [[nodiscard]] QSlider& threshold() { return *threshold_; }
    [[nodiscard]] QSpinBox& top() { return *top_; }
    [[nodiscard]] QSpinBox& share() { return *share_; }
    [[nodiscard]] QSpinBox& seed() { return *seed_; }
    [[nodiscard]] QLineEdit& words() { return *words_; }
    [[nodiscard]] SegmentBar& join() { return *join_; }
    [[nodiscard]] SegmentBar& topUnit() { return *topUnit_; }

Q_SIGNALS:
    void changed();

private:
    void addThreshold();
    void addTop(const Theme& theme);
    void addShare();
    void addWords();
    void showFields();

    QComboBox* builder_;
    QStackedWidget* fields_;
    QSlider* threshold_ = nullptr;
    QLabel* thresholdText_ = nullptr;
    QSpinBox* top_ = nullptr;
    SegmentBar* topUnit_ = nullptr;
    QSpinBox* share_ = nullptr;
    QLabel* seedName_ = nullptr;
    QSpinBox* seed_ = nullptr;
    QLineEdit* words_ = nullptr;
    SegmentBar* join_;
};

} // namespace gesture::app
