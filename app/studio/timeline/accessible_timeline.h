// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/timeline_view.h"

#include <QAccessible>

namespace gesture::app {

/// How screen readers see the timeline: a table with a row for each lane (first its header, then
/// what of it is in view) whose value is the frame of the playhead. Qt owns what is returned.
[[nodiscard]] QAccessibleInterface* makeAccessibleTimeline(TimelineView& timeline);

} // namespace gesture::app
