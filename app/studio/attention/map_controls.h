// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/attention_model.h"
#include "app/studio/attention/segment_bar.h"
#include "app/studio/theme/theme.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QWidget>

namespace gesture::app {

/// Upper, Hands, Lower, All: parts that the analysis lacks are off. GUI thread.
class PartPicker final : public QWidget {
    Q_OBJECT

public:
    PartPicker(AttentionModel& model, const Theme& theme, QWidget* parent);

    void setTheme(const Theme& theme) { bar_->setTheme(theme); }
    [[nodiscard]] SegmentBar& bar() { return *bar_; }

private:
    void refresh();

    AttentionModel& model_;
    SegmentBar* bar_;
};

/// Layer and head, each one or the mean. GUI thread.
class LayerHeadPicker final : public QWidget {
    Q_OBJECT

public:
    LayerHeadPicker(AttentionModel& model, QWidget* parent);

    [[nodiscard]] QComboBox& layer() { return *layer_; }
    [[nodiscard]] QComboBox& head() { return *head_; }

private:
    void refresh();
    void choose();

    AttentionModel& model_;
    QComboBox* layer_;
    QComboBox* head_;
    std::shared_ptr<const inference::Analysis> filledFrom_;
};

/// Colour map, scale, normalisation, fixed upper end. GUI thread.
class LookPicker final : public QWidget {
    Q_OBJECT

public:
    LookPicker(AttentionModel& model, QWidget* parent);

    [[nodiscard]] QComboBox& colours() { return *colours_; }
    [[nodiscard]] QComboBox& scale() { return *scale_; }
    [[nodiscard]] QComboBox& normalise() { return *normalise_; }
    [[nodiscard]] QDoubleSpinBox& largest() { return *largest_; }

private:
    void refresh();
    void choose();

    AttentionModel& model_;
    QComboBox* colours_;
    QComboBox* scale_;
    QComboBox* normalise_;
    QDoubleSpinBox* largest_;
};

} // namespace gesture::app
