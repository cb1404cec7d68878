// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QKeyEvent>

namespace gesture::app {

class TimelineView;

// Keys while the timeline has the focus: Ctrl+Up and Down pick a lane; Shift+Ctrl+Left and Right
// extend the selection; Alt+Left and Right move the chosen marker, the end of the word at the
// playhead (with Shift: its begin) in the words' lane, else what is masked in the selection;
// Alt+Up and Down move the threshold; Enter folds a lane or makes a take A, Shift+Enter compares
// it; F2 renames the chosen marker or the word at the playhead.

[[nodiscard]] bool isTimelineKey(const QKeyEvent& event);
/// False when it is none of these.
bool pressTimelineKey(TimelineView& view, const QKeyEvent& event);

} // namespace gesture::app
