// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"
#include "core/inference/mask_training.h"

#include <QLabel>
#include <QWidget>

namespace gesture::app {

class FitBar;

/// How near a mask is to those that the model was trained with: a bar of three steps, a word, and
/// the reasons. GUI thread.
class MaskFitMeter final : public QWidget {
    Q_OBJECT

public:
    MaskFitMeter(const Theme& theme, QWidget* parent);

    void setTheme(const Theme& theme);
    void setMask(const inference::EditMask& mask, const inference::MaskTraining& training);
    [[nodiscard]] inference::MaskFit fit() const { return judgement_.fit; }
    [[nodiscard]] QString text() const;

private:
    void refresh();

    const Theme* theme_;
    inference::MaskJudgement judgement_;
    bool empty_ = true;
    QLabel* icon_;
    QLabel* word_;
    FitBar* bar_;
    QLabel* reasons_;
};

} // namespace gesture::app
