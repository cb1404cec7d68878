// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/timeline_keys.h"

#include "app/studio/timeline/timeline_text.h"
#include "app/studio/timeline/timeline_view.h"
#include "app/studio/timeline/tools/mask_edits.h"
#include "app/studio/timeline/tools/word_edits.h"

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr double kThresholdStep = 0.01;

Qt::KeyboardModifiers modifiersOf(const QKeyEvent& event) {
    return event.modifiers() & ~Qt::KeyboardModifiers(Qt::KeypadModifier);
}

std::int64_t stepOf(const TimelineView& view) {
    return view.settings().cells ? std::max(view.content().framesPerToken, 1) : 1;
}

LaneSet allRows(const TimelineView& view) {
    LaneSet lanes;
    for (const LaneRow& row : view.laneLayout().rows()) {
        lanes.set(row.id);
    }
    return lanes;
}

/// The end that is not the playhead's moves.
void extendSelection(TimelineView& view, std::int64_t frames) {
    const Document& document = view.document();
    const TimelineSelection& selection = view.selection();
    const FrameIndex anchor = document.frame();
    FrameIndex moving = anchor;
    if (!selection.empty()) {
        moving = selection.range.begin == anchor ? selection.range.end : selection.range.begin;
    }
    moving.value = std::clamp<std::int64_t>(moving.value + frames, 0, document.frameCount());
    const LaneSet lanes = view.currentLane() ? LaneSet{*view.currentLane()} : allRows(view);
    view.setSelection({{std::min(anchor, moving), std::max(anchor, moving)}, lanes});
}

void moveWordEdge(TimelineView& view, WordEdge edge, double seconds) {
    const auto word = wordAt(view.content(), view.document().playhead());
    if (!word || view.content().locked.has(LaneId::Words)) return;
    const audio::Transcript& before = *view.content().transcript;
    const audio::TimedLabel& held = before.words[*word];
    const double from = (edge == WordEdge::Begin ? held.begin : held.end).value;
    const audio::Transcript after = withMovedEdge(before, *word, edge, {from + seconds});
    if (after == before) return;
    Q_EMIT view.wordsMoved(after, Timeline::tr("Move word boundary"), view.beginGesture(), true);
}

void moveSideways(TimelineView& view, int direction, bool shift) {
    const FrameRate rate = view.document().rate();
    if (const auto marker = view.chosenMarker()) {
        const FrameIndex from = view.content().markers[*marker].frame;
        const FrameIndex to{
            std::clamp<std::int64_t>(from.value + direction, 0, view.document().frameCount() - 1)};
        Q_EMIT view.markerMoved(static_cast<int>(*marker), to, view.beginGesture(), true);
    } else if (view.currentLane() == LaneId::Words) {
        moveWordEdge(view, shift ? WordEdge::Begin : WordEdge::End,
                     direction * rate.timeOf({1}).value);
    } else {
        moveMask(view, direction * stepOf(view));
    }
}

void moveThreshold(TimelineView& view, int direction) {
    if (!view.content().hasScore()) return;
    const double wanted = view.content().threshold + direction * kThresholdStep;
    Q_EMIT view.thresholdDragged(std::clamp(std::round(wanted * 100) / 100, 0.0, 1.0), true);
}

void enterLane(TimelineView& view, bool compare) {
    if (!view.currentLane()) return;
    const auto take = takeOf(*view.currentLane());
    if (take && *take < view.content().takes.size()) {
        const qint64 id = view.content().takes[*take].id;
        compare ? Q_EMIT view.takeBadgeClicked(id) : Q_EMIT view.takeChosen(id);
        return;
    }
    LaneArrangement arrangement = view.laneLayout().arrangement();
    arrangement.collapsed.toggle(*view.currentLane());
    view.setArrangement(arrangement);
    Q_EMIT view.arrangementChanged();
}

void rename(TimelineView& view) {
    if (view.chosenMarker()) return view.renameMarker(*view.chosenMarker());
    if (const auto word = wordAt(view.content(), view.document().playhead())) {
        view.renameWord(*word);
    }
}

void pickLane(TimelineView& view, int steps) {
    const auto& rows = view.laneLayout().rows();
    if (rows.empty()) return;
    const LaneId first = steps > 0 ? rows.front().id : rows.back().id;
    view.setCurrentLane(view.currentLane() ? view.laneLayout().stepFrom(*view.currentLane(), steps)
                                           : first);
}

} // namespace

bool isTimelineKey(const QKeyEvent& event) {
    const Qt::KeyboardModifiers keys = modifiersOf(event);
    switch (event.key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        return keys == Qt::ControlModifier || keys == Qt::AltModifier;
    case Qt::Key_Left:
    case Qt::Key_Right:
        return keys == (Qt::ControlModifier | Qt::ShiftModifier) || keys == Qt::AltModifier ||
               keys == (Qt::AltModifier | Qt::ShiftModifier);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return keys == Qt::NoModifier || keys == Qt::ShiftModifier;
    case Qt::Key_F2:
        return keys == Qt::NoModifier;
    default:
        return false;
    }
}

bool pressTimelineKey(TimelineView& view, const QKeyEvent& event) {
    if (!isTimelineKey(event)) return false;
    const Qt::KeyboardModifiers keys = modifiersOf(event);
    const bool alt = keys.testFlag(Qt::AltModifier);
    const bool shift = keys.testFlag(Qt::ShiftModifier);
    const bool onwards = event.key() == Qt::Key_Right || event.key() == Qt::Key_Down;
    const int direction = onwards ? 1 : -1;
    switch (event.key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        alt ? moveThreshold(view, -direction) : pickLane(view, direction);
        break;
    case Qt::Key_Left:
    case Qt::Key_Right:
        alt ? moveSideways(view, direction, shift)
            : extendSelection(view, direction * stepOf(view));
        break;
    case Qt::Key_F2:
        rename(view);
        break;
    default:
        enterLane(view, shift);
    }
    return true;
}

} // namespace gesture::app
