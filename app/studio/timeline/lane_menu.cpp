// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/lane_menu.h"

#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/timeline_text.h"

#include <utility>

namespace gesture::app {

namespace {

void arrange(TimelineView& view, const LaneArrangement& arrangement) {
    view.setArrangement(arrangement);
    Q_EMIT view.arrangementChanged();
}

template <typename Change>
void addChange(QMenu& menu, TimelineView& view, const QString& text, Change change) {
    QObject::connect(menu.addAction(text), &QAction::triggered, &view, [&view, change] {
        LaneArrangement arrangement = view.laneLayout().arrangement();
        change(arrangement);
        arrange(view, arrangement);
    });
}

void addMoves(QMenu& menu, TimelineView& view, LaneId lane) {
    const auto& rows = view.laneLayout().rows();
    const LaneRow* const row = view.laneLayout().find(lane);
    if (row == nullptr) return;
    const auto at = static_cast<std::size_t>(row - rows.data());
    if (at > 0) {
        QObject::connect(
            menu.addAction(Timeline::tr("Move up")), &QAction::triggered, &view,
            [&view, lane, at] { arrange(view, view.laneLayout().moved(lane, at - 1)); });
    }
    if (at + 1 < rows.size()) {
        QObject::connect(
            menu.addAction(Timeline::tr("Move down")), &QAction::triggered, &view,
            [&view, lane, at] { arrange(view, view.laneLayout().moved(lane, at + 2)); });
    }
}

void addSigns(QMenu& menu, TimelineView& view, LaneId lane) {
    const LaneRow* const row = view.laneLayout().find(lane);
    if (row == nullptr) return;
    for (const LaneSignPlace& sign : laneSigns(view.scene(), *row)) {
        QAction* action = nullptr;
        switch (sign.sign) {
        case LaneSign::Mute:
            action = menu.addAction(Timeline::tr("Mute"));
            QObject::connect(action, &QAction::triggered, &view, &TimelineView::muteClicked);
            break;
        case LaneSign::Eye:
            action = menu.addAction(Timeline::tr("Hide what it shows"));
            QObject::connect(action, &QAction::triggered, &view,
                             [&view, lane] { Q_EMIT view.laneEyeClicked(lane, false); });
            break;
        case LaneSign::Lock:
            action = menu.addAction(Timeline::tr("Lock"));
            QObject::connect(action, &QAction::triggered, &view,
                             [&view, lane] { Q_EMIT view.laneLockClicked(lane, false); });
            break;
        case LaneSign::Solo:
            action = menu.addAction(Timeline::tr("Solo"));
            QObject::connect(action, &QAction::triggered, &view,
                             [&view, lane] { Q_EMIT view.laneSoloClicked(lane, false); });
            break;
        }
        action->setCheckable(true);
        action->setChecked(sign.on);
    }
}

void addLanes(QMenu& menu, TimelineView& view) {
    const LaneArrangement arrangement = view.laneLayout().arrangement();
    for (const LaneId lane : arrangement.order) {
        const auto take = takeOf(lane);
        if (take && *take >= view.content().takes.size()) continue;
        QAction* const action = menu.addAction(laneName(view.content(), lane));
        action->setCheckable(true);
        action->setChecked(!arrangement.hidden.has(lane));
        QObject::connect(action, &QAction::triggered, &view, [&view, lane](bool shown) {
            LaneArrangement made = view.laneLayout().arrangement();
            made.hidden.set(lane, !shown);
            arrange(view, made);
        });
    }
}

} // namespace

void fillLaneMenu(QMenu& menu, TimelineView& view, std::optional<LaneId> lane) {
    if (lane) {
        const bool folded = view.laneLayout().arrangement().collapsed.has(*lane);
        addSigns(menu, view, *lane);
        menu.addSeparator();
        addChange(menu, view, folded ? Timeline::tr("Unfold") : Timeline::tr("Fold"),
                  [lane](LaneArrangement& arrangement) { arrangement.collapsed.toggle(*lane); });
        addMoves(menu, view, *lane);
        addChange(menu, view, Timeline::tr("Hide the lane"),
                  [lane](LaneArrangement& arrangement) { arrangement.hidden.set(*lane); });
        menu.addSeparator();
    }
    addLanes(menu, view);
    menu.addSeparator();
    addChange(menu, view, Timeline::tr("All lanes in their first order"),
              [](LaneArrangement& arrangement) { arrangement = {}; });
}

} // namespace gesture::app
