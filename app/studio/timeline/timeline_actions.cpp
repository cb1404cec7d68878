// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/timeline_actions.h"

#include "app/studio/timeline/tools/mask_edits.h"
#include "app/studio/timeline/tools/snapping.h"

#include <utility>

namespace gesture::app {

namespace {

template <typename Work>
void onTrigger(const Actions& actions, ActionId id, TimelineView& view, Work work) {
    QObject::connect(&actions[id], &QAction::triggered, &view,
                     [&view, work](bool on) { work(view, on); });
}

constexpr std::pair<ActionId, TimelineTool> kTools[] = {
    {ActionId::ToolSelect, TimelineTool::Select},
    {ActionId::ToolPaint, TimelineTool::Paint},
    {ActionId::ToolRange, TimelineTool::Range},
    {ActionId::ToolErase, TimelineTool::Erase}};

constexpr std::pair<ActionId, motion::BodyPart> kParts[] = {
    {ActionId::ToolPartFace, motion::BodyPart::Face},
    {ActionId::ToolPartUpper, motion::BodyPart::Upper},
    {ActionId::ToolPartHands, motion::BodyPart::Hands},
    {ActionId::ToolPartLower, motion::BodyPart::Lower}};

inference::PartSet only(motion::BodyPart part) {
    inference::PartSet parts;
    parts[part] = true;
    return parts;
}

/// Changes one field of the settings.
template <typename Change>
void change(TimelineView& view, Change apply) {
    ToolSettings settings = view.settings();
    apply(settings);
    view.setSettings(settings);
}

void wireTools(const Actions& actions, TimelineView& view) {
    for (const auto& [id, tool] : kTools) {
        onTrigger(actions, id, view, [tool = tool](TimelineView& timeline, bool) {
            change(timeline, [&](ToolSettings& settings) { settings.tool = tool; });
        });
    }
    for (const auto& [id, part] : kParts) {
        onTrigger(actions, id, view, [part = part](TimelineView& timeline, bool) {
            change(timeline, [&](ToolSettings& settings) { settings.parts = only(part); });
        });
    }
    onTrigger(actions, ActionId::ToolPartAll, view, [](TimelineView& timeline, bool) {
        change(timeline, [](ToolSettings& settings) { settings.parts = inference::kAllParts; });
    });
    onTrigger(actions, ActionId::ToolSnap, view, [](TimelineView& timeline, bool on) {
        change(timeline, [&](ToolSettings& settings) { settings.snap = on; });
    });
    onTrigger(actions, ActionId::ToolCells, view, [](TimelineView& timeline, bool on) {
        change(timeline, [&](ToolSettings& settings) { settings.cells = on; });
    });
    onTrigger(actions, ActionId::MaskWholeFrames, view, [](TimelineView& timeline, bool on) {
        change(timeline, [&](ToolSettings& settings) { settings.wholeFrames = on; });
    });
}

void showSettings(const Actions& actions, const ToolSettings& settings) {
    for (const auto& [id, tool] : kTools) {
        if (settings.tool == tool) actions[id].setChecked(true);
    }
    for (const auto& [id, part] : kParts) {
        if (settings.parts == only(part)) actions[id].setChecked(true);
    }
    if (settings.parts == inference::kAllParts) actions[ActionId::ToolPartAll].setChecked(true);
    actions[ActionId::ToolSnap].setChecked(settings.snap);
    actions[ActionId::ToolCells].setChecked(settings.cells);
    actions[ActionId::MaskWholeFrames].setChecked(settings.wholeFrames);
}

void wireMask(const Actions& actions, TimelineView& view) {
    using Edit = void (*)(TimelineView&);
    constexpr std::pair<ActionId, Edit> kEdits[] = {{ActionId::MaskFromSelection, maskSelection},
                                                    {ActionId::MaskByScore, maskByScore},
                                                    {ActionId::MaskWords, maskWordsHere},
                                                    {ActionId::MaskInvert, invertMask},
                                                    {ActionId::MaskGrow, growMask},
                                                    {ActionId::MaskShrink, shrinkMask},
                                                    {ActionId::MaskClear, clearMask}};
    for (const auto& [id, edit] : kEdits) {
        onTrigger(actions, id, view,
                  [edit = edit](TimelineView& timeline, bool) { edit(timeline); });
    }
}

void deleteChosen(TimelineView& view) {
    if (const auto marker = view.chosenMarker()) {
        Q_EMIT view.markerRemoved(static_cast<int>(*marker));
    } else if (!view.selection().empty()) {
        eraseSelection(view);
    }
}

void selectAll(TimelineView& view) {
    LaneSet lanes;
    for (const LaneRow& row : view.laneLayout().rows()) {
        lanes.set(row.id);
    }
    view.setSelection({{{0}, {view.document().frameCount()}}, lanes});
}

void wireEdit(const Actions& actions, TimelineView& view) {
    onTrigger(actions, ActionId::EditSelectAll, view,
              [](TimelineView& timeline, bool) { selectAll(timeline); });
    onTrigger(actions, ActionId::EditDeselect, view, [](TimelineView& timeline, bool) {
        timeline.setSelection({});
        timeline.setChosenMarker(std::nullopt);
    });
    onTrigger(actions, ActionId::EditDelete, view,
              [](TimelineView& timeline, bool) { deleteChosen(timeline); });
    onTrigger(actions, ActionId::MarkAdd, view, [](TimelineView& timeline, bool) {
        Q_EMIT timeline.markerAdded(timeline.document().frame());
    });
    onTrigger(actions, ActionId::MarkSegment, view, [](TimelineView& timeline, bool) {
        Q_EMIT timeline.segmentAdded(timeline.selection().range);
    });
}

void wireEdges(const Actions& actions, Transport& transport, TimelineView& view) {
    onTrigger(actions, ActionId::PlayPreviousEdge, view,
              [&transport](TimelineView& timeline, bool) {
                  const auto edge = edgeBefore(timeline.scene(), timeline.document().frame());
                  transport.goToFrame(edge.value_or(FrameIndex{0}));
              });
    onTrigger(actions, ActionId::PlayNextEdge, view, [&transport](TimelineView& timeline, bool) {
        const auto edge = edgeAfter(timeline.scene(), timeline.document().frame());
        transport.goToFrame(edge.value_or(timeline.document().lastFrame()));
    });
}

} // namespace

void wireTimelineActions(const Actions& actions, Transport& transport, TimelineView& view) {
    wireTools(actions, view);
    wireMask(actions, view);
    wireEdit(actions, view);
    wireEdges(actions, transport, view);
    const auto showAvailable = [&actions, &view] {
        const bool clip = view.document().hasClip();
        actions.setAvailable(Needs::Selection, clip && !view.selection().empty());
        actions.setAvailable(Needs::Mask, clip && !view.content().mask.empty());
        actions.setAvailable(Needs::Score, clip && view.content().hasScore());
        actions.setAvailable(Needs::Words, clip && view.content().hasWords());
    };
    QObject::connect(&view, &TimelineView::selectionChanged, &view, showAvailable);
    QObject::connect(&view, &TimelineView::contentChanged, &view, showAvailable);
    QObject::connect(&view, &TimelineView::settingsChanged, &view,
                     [&actions, &view] { showSettings(actions, view.settings()); });
    showSettings(actions, view.settings());
    showAvailable();
    view.setLaneActions({&actions[ActionId::MaskFromSelection], &actions[ActionId::EditDelete],
                         &actions[ActionId::MaskByScore], &actions[ActionId::MaskInvert],
                         &actions[ActionId::MaskGrow], &actions[ActionId::MaskShrink],
                         &actions[ActionId::MaskClear], &actions[ActionId::ToolPartFace],
                         &actions[ActionId::ToolPartUpper], &actions[ActionId::ToolPartHands],
                         &actions[ActionId::ToolPartLower], &actions[ActionId::ToolPartAll]});
}

} // namespace gesture::app
