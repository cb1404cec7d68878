// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/panels/block_table.h"
#include "app/studio/panels/mask_builder_form.h"
#include "app/studio/panels/mask_fit_meter.h"

#include <QCheckBox>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

#include <array>

class QVBoxLayout;

namespace gesture::app {

/// The Mask dock: blocks, builders with a live preview, operations, margin, how near the mask is to
/// the training, and what it costs. It changes nothing itself: `maskChanged` says what the mask is
/// to become. GUI thread.
class MaskPanel final : public QWidget {
    Q_OBJECT

public:
    explicit MaskPanel(const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setContent(MaskContent content);
    void setSelection(std::optional<FrameRange> range);
    /// Parts that tools paint on; used when masks are per part.
    void setActiveParts(const inference::PartSet& parts);
    /// For actions: chooses the builder and applies it as it stands.
    void build(MaskBuilder builder);

    [[nodiscard]] MaskBuilderForm& form() { return *form_; }
    [[nodiscard]] QPushButton& apply() { return *apply_; }
    [[nodiscard]] QTableView& list() { return *list_; }
    [[nodiscard]] SegmentBar& whole() { return *whole_; }
    [[nodiscard]] QCheckBox& partBox(motion::BodyPart part) {
        return *partBoxes_[static_cast<std::size_t>(part)];
    }
    [[nodiscard]] QSlider& margin() { return *margin_; }
    [[nodiscard]] QSpinBox& step() { return *step_; }
    [[nodiscard]] MaskFitMeter& fitMeter() { return *fit_; }
    [[nodiscard]] QString footText() const { return foot_->text(); }
    [[nodiscard]] QString messageText() const { return message_->text(); }
    [[nodiscard]] const std::optional<inference::EditMask>& preview() const { return preview_; }

public Q_SLOTS:
    void invert();
    void grow();
    void shrink();
    void clear();

Q_SIGNALS:
    /// The mask is to become this: one undo step; the same `gestureId` as before merges with it.
    void maskChanged(const gesture::inference::EditMask& mask, const QString& name, int gestureId);
    /// What applying would give, dashed in the lanes; nothing: no preview.
    void previewChanged(const std::optional<gesture::inference::EditMask>& mask);
    void wholeFramesChanged(bool whole);
    void activePartsChanged(const gesture::inference::PartSet& parts);
    void blendMarginChanged(int frames, bool finished);
    void exactOutsideChanged(bool exact);
    void blockChosen(const gesture::app::MaskBlock& block);

protected:
    void hideEvent(QHideEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildParts(const Theme& theme, QVBoxLayout& column);
    void buildList(QVBoxLayout& column);
    void buildBuilder(const Theme& theme, QVBoxLayout& column);
    void buildOperations(QVBoxLayout& column);
    void buildOptions(QVBoxLayout& column);
    [[nodiscard]] MaskRecipe recipe() const;
    [[nodiscard]] inference::PartSet parts() const;
    void refresh();
    void refreshPreview();
    void dropPreview();
    void refreshFoot();
    void applyRecipe();
    void change(inference::EditMask mask, const QString& name);
    void eraseChosen();
    [[nodiscard]] QToolButton* operation(const QString& text, const QString& tip,
                                         void (MaskPanel::*run)());

    MaskContent content_;
    std::optional<inference::EditMask> preview_;
    bool touched_ = false; ///< The form was used since the last change: the preview is shown.
    int gesture_ = 0;
    SegmentBar* whole_ = nullptr;
    QWidget* partRow_ = nullptr;
    std::array<QCheckBox*, motion::kBodyPartCount> partBoxes_{};
    BlockTable* blocks_;
    QTableView* list_ = nullptr;
    QLabel* empty_ = nullptr;
    MaskBuilderForm* form_ = nullptr;
    QLabel* message_ = nullptr;
    QPushButton* apply_ = nullptr;
    QSpinBox* step_ = nullptr;
    QSlider* margin_ = nullptr;
    QLabel* marginText_ = nullptr;
    QCheckBox* exact_ = nullptr;
    MaskFitMeter* fit_ = nullptr;
    QLabel* foot_ = nullptr;
};

} // namespace gesture::app
