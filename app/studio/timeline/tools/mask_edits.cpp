// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/tools/mask_edits.h"

#include "app/studio/timeline/timeline_text.h"
#include "app/studio/timeline/timeline_view.h"
#include "core/inference/mask_strategy.h"

#include <algorithm>
#include <utility>

namespace gesture::app {

namespace {

using inference::EditMask;
using inference::PartSet;

void tell(TimelineView& view, EditMask after, const QString& name) {
    if (after == view.mask()) return;
    Q_EMIT view.maskStroke(after, name, view.beginGesture(), true);
}

std::int64_t cellOf(const TimelineView& view) { return std::max(view.content().framesPerToken, 1); }

/// Parts of the settings that are not locked.
PartSet settingsParts(const TimelineView& view) { return strokeParts(view, {}, false); }

PartSet unlocked(const TimelineView& view) { return view.content().editable(inference::kAllParts); }

} // namespace

PartSet strokeParts(const TimelineView& view, const LaneSet& lanes, bool allParts) {
    PartSet parts = partsOf(lanes);
    if (parts == PartSet{}) parts = view.settings().parts;
    if (allParts || view.settings().wholeFrames) parts = inference::kAllParts;
    return view.content().editable(parts);
}

void maskSelection(TimelineView& view) {
    EditMask mask = view.mask();
    mask.paint(view.selection().range, strokeParts(view, view.selection().lanes, false));
    tell(view, std::move(mask), Timeline::tr("Mask the selection"));
}

void eraseSelection(TimelineView& view) {
    EditMask mask = view.mask();
    mask.erase(view.selection().range, strokeParts(view, view.selection().lanes, false));
    tell(view, std::move(mask), Timeline::tr("Clear the mask in the selection"));
}

EditMask maskOfScore(const TimelineView& view, double threshold) {
    const TimelineContent& content = view.content();
    if (!content.hasScore()) return EditMask(view.document().frameCount());
    return inference::maskAbove(
        content.semantic->score, content.semantic->framesPerToken, threshold,
        {view.document().frameCount(), view.document().rate(), settingsParts(view)});
}

void maskByScore(TimelineView& view) {
    EditMask mask = view.mask();
    mask.unite(maskOfScore(view, view.content().threshold));
    tell(view, std::move(mask), Timeline::tr("Mask where the score is high"));
}

void maskWordsHere(TimelineView& view) {
    if (!view.content().hasWords()) return;
    EditMask mask = view.mask();
    const FrameRate rate = view.document().rate();
    const FrameRange range = view.selection().empty()
                                 ? FrameRange{view.document().frame(), view.document().frame() + 1}
                                 : view.selection().range;
    const auto& words = view.content().transcript->words;
    for (std::size_t i = firstWordAfter(*view.content().transcript, rate.timeOf(range.begin));
         i < words.size() && words[i].begin < rate.timeOf(range.end); ++i) {
        if (!words[i].isPause()) mask.paint(framesOf(words[i], rate), settingsParts(view));
    }
    tell(view, std::move(mask), Timeline::tr("Mask words"));
}

void invertMask(TimelineView& view) {
    EditMask mask = view.mask();
    mask.invert(unlocked(view));
    tell(view, std::move(mask), Timeline::tr("Invert the mask"));
}

void growMask(TimelineView& view) {
    EditMask mask = view.mask();
    mask.grow(cellOf(view), unlocked(view));
    tell(view, std::move(mask), Timeline::tr("Grow the mask"));
}

void shrinkMask(TimelineView& view) {
    EditMask mask = view.mask();
    mask.shrink(cellOf(view), unlocked(view));
    tell(view, std::move(mask), Timeline::tr("Shrink the mask"));
}

void clearMask(TimelineView& view) {
    EditMask mask = view.mask();
    mask.erase({{0}, {mask.frameCount()}}, unlocked(view));
    tell(view, std::move(mask), Timeline::tr("Clear the mask"));
}

void moveMask(TimelineView& view, std::int64_t frames) {
    const TimelineSelection selection = view.selection();
    if (selection.empty()) return;
    const std::int64_t last = view.document().frameCount();
    frames = std::clamp(frames, -selection.range.begin.value, last - selection.range.end.value);
    const PartSet parts = strokeParts(view, selection.lanes, false);
    const EditMask before = view.mask();
    EditMask mask = before;
    mask.erase(selection.range, parts);
    for (const motion::BodyPart part : kBodyParts) {
        if (!parts[part]) continue;
        PartSet one;
        one[part] = true;
        for (const FrameRange& run : before.runs(part)) {
            const FrameRange cut{std::max(run.begin, selection.range.begin),
                                 std::min(run.end, selection.range.end)};
            if (!cut.empty()) mask.paint({cut.begin + frames, cut.end + frames}, one);
        }
    }
    tell(view, std::move(mask), Timeline::tr("Move mask block"));
    view.setSelection(
        {{selection.range.begin + frames, selection.range.end + frames}, selection.lanes});
}

} // namespace gesture::app
