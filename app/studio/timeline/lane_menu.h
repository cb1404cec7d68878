// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/timeline_view.h"

#include <QMenu>

namespace gesture::app {

/// What can be done with a lane (fold, move, hide, its signs), then which lanes are shown.
void fillLaneMenu(QMenu& menu, TimelineView& view, std::optional<LaneId> lane);

} // namespace gesture::app
