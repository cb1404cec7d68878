// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/mask_panel.h"

#include "app/studio/attention/attention_model.h"

#include <QKeyEvent>
#include <QLocale>
#include <QSignalBlocker>

#include <utility>

namespace gesture::app {

MaskRecipe MaskPanel::recipe() const {
    MaskRecipe recipe = form_->recipe();
    recipe.wholeFrames = content_.wholeFrames;
    recipe.parts = parts();
    return recipe;
}

inference::PartSet MaskPanel::parts() const {
    inference::PartSet parts = inference::kAllParts;
    for (std::size_t i = 0; i < partBoxes_.size() && !content_.wholeFrames; ++i) {
        parts.values[i] = partBoxes_[i]->isChecked();
    }
    return parts;
}

void MaskPanel::setContent(MaskContent content) {
    const bool sameMask = content.mask == content_.mask;
    content_ = std::move(content);
    if (!sameMask) dropPreview();
    refresh();
}

void MaskPanel::setSelection(std::optional<FrameRange> range) {
    content_.selection = range;
    refreshPreview();
}

void MaskPanel::setActiveParts(const inference::PartSet& parts) {
    for (std::size_t i = 0; i < partBoxes_.size(); ++i) {
        const QSignalBlocker blocker(partBoxes_[i]);
        partBoxes_[i]->setChecked(parts.values[i]);
    }
    refreshPreview();
}

void MaskPanel::setTheme(const Theme& theme) {
    whole_->setTheme(theme);
    form_->setTheme(theme);
    fit_->setTheme(theme);
}

void MaskPanel::build(MaskBuilder builder) {
    form_->choose(builder);
    refreshPreview();
    applyRecipe();
}

void MaskPanel::refresh() {
    whole_->setCurrent(content_.wholeFrames ? 0 : 1);
    partRow_->setVisible(!content_.wholeFrames);
    {
        const QSignalBlocker blocker(list_->selectionModel());
        blocks_->setBlocks(blocksOf(content_.mask), content_);
    }
    empty_->setVisible(content_.mask.empty());
    list_->setVisible(!content_.mask.empty());
    const QSignalBlocker margin(margin_);
    const QSignalBlocker exact(exact_);
    margin_->setValue(content_.blendMargin);
    marginText_->setText(framesText(content_.blendMargin));
    exact_->setChecked(content_.exactOutside);
    refreshPreview();
}

void MaskPanel::refreshPreview() {
    auto built = content_.mask.frameCount() > 0
                     ? buildMask(recipe(), content_)
                     : Result<inference::EditMask>(
                           Error{ErrorCode::Usage, tr("Open a clip first.").toStdString()});
    const bool same = built && *built == content_.mask;
    apply_->setEnabled(built.ok() && !same);
    if (!built) {
        message_->setText(QString::fromStdString(built.error().message()));
    } else {
        const MaskCost cost = costOf(*built, content_.windows);
        message_->setText(same
                              ? tr("The mask is like that already.")
                              : tr("Would mask %1", "so many frames").arg(framesText(cost.frames)));
    }
    std::optional<inference::EditMask> wanted;
    if (built && !same && touched_) wanted = std::move(*built);
    if (wanted != preview_) {
        preview_ = std::move(wanted);
        Q_EMIT previewChanged(preview_);
    }
    refreshFoot();
}

void MaskPanel::dropPreview() {
    touched_ = false;
    if (!preview_) return;
    preview_.reset();
    Q_EMIT previewChanged(preview_);
}

void MaskPanel::refreshFoot() {
    const inference::EditMask& mask = preview_ ? *preview_ : content_.mask;
    fit_->setMask(mask, content_.training);
    const MaskCost cost = costOf(mask, content_.windows);
    const QLocale locale;
    QStringList parts{
        tr("%1 of %2 frames")
            .arg(locale.toString(static_cast<qlonglong>(cost.frames)),
                 locale.toString(static_cast<qlonglong>(content_.mask.frameCount())))};
    if (cost.windows > 0) {
        const auto windows = static_cast<int>(cost.windows);
        parts.append(windows == 1 ? tr("1 window") : tr("%n windows", nullptr, windows));
        const double seconds = static_cast<double>(cost.windows) * content_.secondsPerWindow;
        if (seconds > 0) {
            parts.append(tr("about %1 s").arg(locale.toString(seconds, 'f', seconds < 10 ? 1 : 0)));
        }
    }
    foot_->setText(parts.join(QStringLiteral(" · ")));
}

void MaskPanel::change(inference::EditMask mask, const QString& name) {
    dropPreview();
    if (mask == content_.mask) return;
    content_.mask = mask;
    ++gesture_;
    refresh();
    Q_EMIT maskChanged(mask, name, gesture_);
}

void MaskPanel::applyRecipe() {
    auto built = buildMask(recipe(), content_);
    if (built) change(std::move(*built), recipeName(recipe()));
}

void MaskPanel::invert() {
    inference::EditMask mask = content_.mask;
    mask.invert(parts());
    change(std::move(mask), tr("Invert the mask"));
}

void MaskPanel::grow() {
    inference::EditMask mask = content_.mask;
    mask.grow(step_->value(), parts());
    change(std::move(mask), tr("Grow the mask"));
}

void MaskPanel::shrink() {
    inference::EditMask mask = content_.mask;
    mask.shrink(step_->value(), parts());
    change(std::move(mask), tr("Shrink the mask"));
}

void MaskPanel::clear() {
    change(inference::EditMask(content_.mask.frameCount()), tr("Clear the mask"));
}

void MaskPanel::eraseChosen() {
    const int row = list_->currentIndex().row();
    if (row < 0 || row >= static_cast<int>(blocks_->blocks().size())) return;
    const MaskBlock block = blocks_->blocks()[static_cast<std::size_t>(row)];
    inference::EditMask mask = content_.mask;
    mask.erase(block.range, block.parts);
    change(std::move(mask), tr("Clear a block of the mask"));
}

void MaskPanel::hideEvent(QHideEvent*) {
    dropPreview();
    refreshFoot();
}

bool MaskPanel::eventFilter(QObject* watched, QEvent* event) {
    const bool override = event->type() == QEvent::ShortcutOverride;
    if (watched == list_ && (override || event->type() == QEvent::KeyPress) &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
        event->accept();
        if (!override) eraseChosen();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace gesture::app
