// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/lanes.h"

namespace gesture::app {

class TimelineView;

// Changes of the mask by one action. Each tells the view's `maskStroke` once, unless nothing would
// change; locked parts stay as they are.

/// Parts that a stroke over lanes is for: those of the mask lanes among them, else the settings';
/// all of them with `allParts` or when whole frames are masked. Without those that are locked.
[[nodiscard]] inference::PartSet strokeParts(const TimelineView& view, const LaneSet& lanes,
                                             bool allParts);

void maskSelection(TimelineView& view);
void eraseSelection(TimelineView& view);
/// Where the score is above the threshold.
void maskByScore(TimelineView& view);
/// The words that the selection touches, else the word at the playhead.
void maskWordsHere(TimelineView& view);
void invertMask(TimelineView& view);
/// By one cell.
void growMask(TimelineView& view);
void shrinkMask(TimelineView& view);
void clearMask(TimelineView& view);
/// Moves what is masked in the selection by so many frames.
void moveMask(TimelineView& view, std::int64_t frames);

/// What the score masks at a threshold, in the parts of the settings.
[[nodiscard]] inference::EditMask maskOfScore(const TimelineView& view, double threshold);

} // namespace gesture::app
