// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/mask_content.h"

#include "app/studio/attention/attention_model.h"
#include "core/inference/mask_strategy.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

using inference::EditMask;

QString tr(const char* text) { return QCoreApplication::translate("MaskPanel", text); }

Error missing(const QString& sentence) { return {ErrorCode::NotFound, sentence.toStdString()}; }

bool knows(const std::vector<float>& values) {
    return std::any_of(values.begin(), values.end(), [](float v) { return !std::isnan(v); });
}

/// Each part by its own importance, those without one by the fused.
Result<EditMask> aboveImportance(const MaskRecipe& recipe, const MaskContent& content,
                                 const inference::MaskCanvas& canvas) {
    if (!knows(content.fused)) {
        return missing(tr("There is no attention map. Compute it in the Attention panel."));
    }
    if (recipe.wholeFrames) {
        return inference::maskAbove(content.fused, 1, recipe.threshold, canvas);
    }
    EditMask mask(canvas.frames);
    for (std::size_t i = 0; i < canvas.parts.values.size(); ++i) {
        if (!canvas.parts.values[i]) continue;
        const auto part = static_cast<motion::BodyPart>(i);
        const auto& own = content.importance[part];
        inference::PartSet only;
        only[part] = true;
        mask.unite(inference::maskAbove(own.empty() ? content.fused : own, 1, recipe.threshold,
                                        {canvas.frames, canvas.rate, only}));
    }
    return mask;
}

Result<EditMask> highest(const std::vector<float>& curve, const MaskRecipe& recipe,
                         const inference::MaskCanvas& canvas, const QString& nothing) {
    if (!knows(curve)) return missing(nothing);
    const bool counted = recipe.builder == MaskBuilder::Top && recipe.frames > 0;
    const double share = counted ? static_cast<double>(recipe.frames) /
                                       static_cast<double>(std::max<std::int64_t>(canvas.frames, 1))
                                 : recipe.share;
    return inference::maskHighest(curve, share, canvas);
}

Result<EditMask> wordsFound(const MaskRecipe& recipe, const MaskContent& content,
                            const inference::MaskCanvas& canvas) {
    if (!content.transcript)
        return missing(tr("No words. Align them from a text, or import them."));
    if (recipe.words.empty()) {
        return Error{ErrorCode::Usage, tr("Type the words to look for.").toStdString()};
    }
    return inference::maskWords(*content.transcript, recipe.words, canvas);
}

} // namespace

Result<EditMask> foundBy(const MaskRecipe& recipe, const MaskContent& content) {
    const inference::MaskCanvas canvas{content.mask.frameCount(), content.rate,
                                       recipe.wholeFrames ? inference::kAllParts : recipe.parts};
    switch (recipe.builder) {
    case MaskBuilder::Score:
        if (!knows(content.score)) {
            return missing(tr("No semantic score yet. Compute it in the Semantic panel."));
        }
        return inference::maskAbove(content.score, content.framesPerToken, recipe.threshold,
                                    canvas);
    case MaskBuilder::Importance:
        return aboveImportance(recipe, content, canvas);
    case MaskBuilder::Top:
        return highest(content.fused, recipe, canvas,
                       tr("There is no attention map. Compute it in the Attention panel."));
    case MaskBuilder::Random:
        return inference::maskRandom(recipe.share, content.framesPerToken, recipe.seed, canvas);
    case MaskBuilder::Loss:
        return highest(content.loss, recipe, canvas,
                       tr("The loss of this take is not known. Compute its score and attention."));
    case MaskBuilder::Words:
        return wordsFound(recipe, content, canvas);
    case MaskBuilder::Selection:
        break;
    }
    if (!content.selection || content.selection->empty()) {
        return Error{ErrorCode::Usage,
                     tr("Nothing is selected. Drag over the lanes first.").toStdString()};
    }
    EditMask mask(canvas.frames);
    mask.paint(*content.selection, canvas.parts);
    return mask;
}

Result<EditMask> buildMask(const MaskRecipe& recipe, const MaskContent& content) {
    auto found = foundBy(recipe, content);
    if (!found || recipe.join == MaskJoin::Replace) return found;
    EditMask mask = content.mask;
    if (recipe.join == MaskJoin::Add) {
        mask.unite(*found);
    } else {
        found->invert();
        mask.intersect(*found);
    }
    return mask;
}

std::vector<MaskBlock> blocksOf(const EditMask& mask) {
    std::vector<MaskBlock> blocks;
    for (int i = 0; i < motion::kBodyPartCount; ++i) {
        const auto part = static_cast<motion::BodyPart>(i);
        for (const FrameRange range : mask.runs(part)) {
            const auto same = std::find_if(blocks.begin(), blocks.end(),
                                           [&](const auto& block) { return block.range == range; });
            MaskBlock& block =
                same != blocks.end() ? *same : blocks.emplace_back(MaskBlock{{}, range});
            block.parts[part] = true;
        }
    }
    std::stable_sort(blocks.begin(), blocks.end(),
                     [](const auto& a, const auto& b) { return a.range.begin < b.range.begin; });
    return blocks;
}

MaskCost costOf(const EditMask& mask, const inference::WindowSizes& windows) {
    MaskCost cost;
    for (const FrameRange run : mask.runs()) {
        cost.frames += run.length();
    }
    if (cost.frames > 0) cost.windows = inference::planEdit(mask, windows).windows.size();
    return cost;
}

QString framesText(std::int64_t frames) {
    return frames == 1 ? tr("1 frame")
                       : tr("%1 frames").arg(QLocale().toString(static_cast<qlonglong>(frames)));
}

QString partsText(const inference::PartSet& parts) {
    if (parts == inference::kAllParts) return tr("All parts");
    QStringList names;
    for (std::size_t i = 0; i < parts.values.size(); ++i) {
        if (parts.values[i]) names.append(partName(static_cast<motion::BodyPart>(i)));
    }
    return names.join(QStringLiteral(", "));
}

QString recipeName(const MaskRecipe& recipe) {
    const QLocale locale;
    switch (recipe.builder) {
    case MaskBuilder::Score:
        return tr("Mask score above %1").arg(locale.toString(recipe.threshold, 'f', 2));
    case MaskBuilder::Importance:
        return tr("Mask importance above %1").arg(locale.toString(recipe.threshold, 'f', 2));
    case MaskBuilder::Top:
        return tr("Mask the most important frames");
    case MaskBuilder::Random:
        return tr("Mask random frames");
    case MaskBuilder::Loss:
        return tr("Mask the least expected frames");
    case MaskBuilder::Words:
        return tr("Mask words");
    case MaskBuilder::Selection:
        break;
    }
    return tr("Mask the selection");
}

} // namespace gesture::app
