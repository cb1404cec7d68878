// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/tools/drag.h"

namespace gesture::app {

// What `startDrag` chooses from.

/// The playhead.
[[nodiscard]] std::unique_ptr<Drag> scrubDrag(TimelineView& view, const DragPoint& point);
/// In, out or the band between them.
[[nodiscard]] std::unique_ptr<Drag> rangeDrag(TimelineView& view, Zone zone,
                                              const DragPoint& point);
/// Time and lanes; with Ctrl: zoom.
[[nodiscard]] std::unique_ptr<Drag> panDrag(TimelineView& view, const DragPoint& point);
/// The box of the whole clip or one of its ends.
[[nodiscard]] std::unique_ptr<Drag> boxDrag(TimelineView& view, Zone zone, const DragPoint& point);
/// A header to another place.
[[nodiscard]] std::unique_ptr<Drag> headerDrag(TimelineView& view, LaneId lane,
                                               const DragPoint& point);

/// Time × lanes; a click goes there, or chooses what `hit` names.
[[nodiscard]] std::unique_ptr<Drag> selectDrag(TimelineView& view, const Hit& hit,
                                               const DragPoint& point);
[[nodiscard]] std::unique_ptr<Drag> wordDrag(TimelineView& view, const Hit& hit);
[[nodiscard]] std::unique_ptr<Drag> thresholdDrag(TimelineView& view);
[[nodiscard]] std::unique_ptr<Drag> markerDrag(TimelineView& view, std::size_t marker,
                                               const DragPoint& point);

/// Paint and erase.
[[nodiscard]] std::unique_ptr<Drag> strokeDrag(TimelineView& view, const DragPoint& point);
/// A rectangle that is masked in the end.
[[nodiscard]] std::unique_ptr<Drag> rectangleDrag(TimelineView& view, const DragPoint& point);
/// An edge or all of a mask's block.
[[nodiscard]] std::unique_ptr<Drag> blockDrag(TimelineView& view, const Hit& hit,
                                              const DragPoint& point);

} // namespace gesture::app
