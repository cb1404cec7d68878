// SPDX-License-Identifier: Apache-2.0
#include "app/studio/workspace/viewport_feed.h"

#include "app/studio/workspace/take_words.h"

namespace gesture::app {

ViewportFeed::ViewportFeed(StudioSession& session, const TimelineView& timeline,
                           ViewportPanel& viewport, QObject* parent)
    : QObject(parent)
    , session_(session)
    , timeline_(timeline)
    , viewport_(viewport) {
    connect(&session_, &StudioSession::changed, this, &ViewportFeed::refresh);
    connect(&timeline_, &TimelineView::selectionChanged, this, &ViewportFeed::refresh);
    refresh();
}

void ViewportFeed::refresh() {
    const project::ProjectState& state = session_.state();
    ViewportContent content;
    const project::Take* const takes[] = {session_.takeA(), session_.takeB()};
    for (std::size_t side = 0; side < 2; ++side) {
        if (takes[side] == nullptr) continue;
        content.names[side] = {QString::fromStdString(takes[side]->name), recipeText(*takes[side])};
        content.importance[side] = curves_[side].curvesOf(session_.analysisOf(*takes[side]));
    }
    if (takes[1] != nullptr) content.compared = session_.clipOf(*takes[1]);
    content.mask = *state.mask;
    if (!state.transcript->words.empty()) content.transcript = state.transcript.pointer();
    if (!timeline_.selection().range.empty()) content.selection = timeline_.selection().range;
    viewport_.setContent(std::move(content));
}

} // namespace gesture::app
