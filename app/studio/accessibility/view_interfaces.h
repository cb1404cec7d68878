// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gesture::app {

/// Teaches Qt how screen readers see the widgets that we paint ourselves: the timeline is a table
/// of lanes whose value is the frame, with actions; the 3D view is a graphic that says what it shows. GUI
/// thread; again: no effect.
void installViewInterfaces();

} // namespace gesture::app
