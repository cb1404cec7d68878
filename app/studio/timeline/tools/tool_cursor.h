// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"
#include "app/studio/timeline/hit_test.h"

#include <QCursor>

namespace gesture::app {

/// The pointer over a place: brush and eraser where masks are painted (a minus at the brush while
/// Ctrl erases), else what a drag there does.
[[nodiscard]] QCursor toolCursor(const Hit& hit, const ToolSettings& settings,
                                 Qt::KeyboardModifiers keys, const Theme& theme, double ratio);

} // namespace gesture::app
