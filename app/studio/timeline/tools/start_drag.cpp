// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/timeline_view.h"
#include "app/studio/timeline/tools/drag_kinds.h"

namespace gesture::app {

namespace {

std::unique_ptr<Drag> toolDrag(TimelineView& view, const Hit& hit, const DragPoint& point) {
    switch (view.settings().tool) {
    case TimelineTool::Select:
        return selectDrag(view, hit, point);
    case TimelineTool::Range:
        return rectangleDrag(view, point);
    case TimelineTool::Paint:
    case TimelineTool::Erase:
        break;
    }
    return strokeDrag(view, point);
}

/// A block of a locked part can be chosen, not moved.
std::unique_ptr<Drag> holdBlock(TimelineView& view, const Hit& hit, const DragPoint& point) {
    const auto part = partOf(hit.lane);
    const bool extends = point.keys.testFlag(Qt::ShiftModifier);
    if (extends || !part || !view.content().editable(*part)) return selectDrag(view, hit, point);
    return blockDrag(view, hit, point);
}

std::unique_ptr<Drag> holdMarker(TimelineView& view, std::size_t marker, const DragPoint& point) {
    view.setChosenMarker(marker);
    return markerDrag(view, marker, point);
}

} // namespace

std::unique_ptr<Drag> startDrag(TimelineView& view, const Hit& hit, const DragPoint& point,
                                Qt::MouseButton button) {
    if (button == Qt::MiddleButton) return panDrag(view, point);
    switch (hit.zone) {
    case Zone::Ruler:
        return scrubDrag(view, point);
    case Zone::In:
    case Zone::Out:
    case Zone::Band:
        return rangeDrag(view, hit.zone, point);
    case Zone::Marker:
        return holdMarker(view, hit.index, point);
    case Zone::Header:
        return headerDrag(view, hit.lane, point);
    case Zone::BlockBegin:
    case Zone::BlockEnd:
    case Zone::Block:
        return holdBlock(view, hit, point);
    case Zone::WordBegin:
    case Zone::WordEnd:
        if (view.content().locked.has(LaneId::Words)) return selectDrag(view, hit, point);
        return wordDrag(view, hit);
    case Zone::Threshold:
        return thresholdDrag(view);
    case Zone::Word:
    case Zone::Take:
        return selectDrag(view, hit, point);
    case Zone::Lane:
    case Zone::BelowLanes:
        return toolDrag(view, hit, point);
    case Zone::BoxBegin:
    case Zone::BoxEnd:
    case Zone::Box:
        return boxDrag(view, hit.zone, point);
    case Zone::Nothing:
    case Zone::Unit:
    case Zone::Sign:
    case Zone::Badge:
    case Zone::Button:
        break;
    }
    return nullptr;
}

} // namespace gesture::app
