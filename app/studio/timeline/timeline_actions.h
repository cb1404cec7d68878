// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/actions.h"
#include "app/studio/services/transport.h"
#include "app/studio/timeline/timeline_view.h"

namespace gesture::app {

/// Connects the actions of tools, masks, markers, selection and edges with the timeline, both ways,
/// and switches those on and off that need a selection, mask, score or words. All outlive `view`.
void wireTimelineActions(const Actions& actions, Transport& transport, TimelineView& view);

} // namespace gesture::app
