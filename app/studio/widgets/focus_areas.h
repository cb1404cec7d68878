// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <vector>

namespace gesture::app {

enum class AreaStep { Next, Previous };

/// Gives the focus to the next or previous of these areas of a window, round and round: to the
/// area itself, or to the first control in it that Tab reaches. Areas in which nothing can have
/// the focus are left out. GUI thread.
void cycleAreas(const std::vector<QWidget*>& areas, AreaStep step);

} // namespace gesture::app
