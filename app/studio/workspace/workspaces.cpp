// SPDX-License-Identifier: Apache-2.0
#include "app/studio/workspace/workspaces.h"

namespace gesture::app {

namespace {

constexpr int kRoomForThree = 1400;
constexpr QSize kLeastView{480, 280};
constexpr QSize kLeastViewAside{300, 180};

/// Lanes that say nothing of maps.
LaneArrangement lanesForMaps(LaneArrangement lanes) {
    lanes.hidden.unite(lanesOf(inference::kAllParts));
    lanes.hidden.set(LaneId::Semantic);
    lanes.hidden.set(LaneId::Difference);
    for (std::size_t take = 0; take < kMostTakes; ++take)
        lanes.hidden.set(laneOfTake(take));
    return lanes;
}

} // namespace

Workspaces::Workspaces(const Pieces& pieces, QObject* parent)
    : QObject(parent)
    , pieces_(pieces) {
    // A page that is not seen must not decide how small the middle of the window can be.
    pieces_.analyse.page().setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    pieces_.pages.addWidget(&pieces_.analyse.page());
    pieces_.pages.addWidget(&pieces_.train.page());
    pieces_.pages.setCurrentWidget(&pieces_.animate);
}

void Workspaces::show(Workspace workspace) {
    if (workspace == current_) return;
    leave(current_);
    current_ = workspace;
    switch (workspace) {
    case Workspace::Animate:
        showAnimate();
        break;
    case Workspace::Analyse:
        showAnalyse();
        break;
    case Workspace::Train:
        showTrain();
        break;
    }
    placePanels(inspect_);
    fitTimeline();
    Q_EMIT changed(workspace);
}

/// Each workspace comes from that of animators and goes back to it.
void Workspaces::leave(Workspace workspace) {
    switch (workspace) {
    case Workspace::Animate:
        pieces_.sides.setShown(false);
        pieces_.inspect.dock().hide();
        return;
    case Workspace::Analyse:
        pieces_.analyse.setShown(false, pieces_.viewport);
        pieces_.viewport.setMinimumSize(kLeastView);
        pieces_.animate.layout()->addWidget(&pieces_.viewport);
        pieces_.viewport.show();
        pieces_.timeline.setArrangement(animateLanes_);
        return;
    case Workspace::Train:
        pieces_.train.setShown(false);
        pieces_.timelineDock.show();
        return;
    }
}

void Workspaces::showAnimate() {
    pieces_.pages.setCurrentWidget(&pieces_.animate);
    pieces_.sides.setShown(true);
}

void Workspaces::showAnalyse() {
    animateLanes_ = pieces_.timeline.laneLayout().arrangement();
    pieces_.timeline.setArrangement(lanesForMaps(animateLanes_));
    pieces_.viewport.setMinimumSize(kLeastViewAside);
    pieces_.pages.setCurrentWidget(&pieces_.analyse.page());
    pieces_.analyse.setShown(true, pieces_.viewport);
}

void Workspaces::showTrain() {
    pieces_.timelineDock.hide();
    pieces_.pages.setCurrentWidget(&pieces_.train.page());
    pieces_.train.setShown(true);
}

void Workspaces::fitTimeline() {
    // After the layouts know of what was shown, hidden and made smaller.
    QMetaObject::invokeMethod(
        this,
        [this] {
            pieces_.timeline.updateGeometry();
            const int height = pieces_.timeline.sizeHint().height() +
                               pieces_.timeline.laneLayout().density().transport;
            pieces_.window.resizeDocks({&pieces_.timelineDock}, {height}, Qt::Vertical);
        },
        Qt::QueuedConnection);
}

void Workspaces::placePanels(bool inspect) {
    inspect_ = inspect;
    const int width = pieces_.window.width();
    pieces_.analyse.placePanels(width);
    if (current_ == Workspace::Animate)
        pieces_.inspect.dock().setVisible(width >= kRoomForThree || inspect);
}

} // namespace gesture::app
