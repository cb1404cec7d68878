// SPDX-License-Identifier: Apache-2.0
#pragma once

class QWidget;

namespace gesture::app {

/// While the widget has the focus, arrows, Home, End and page keys are its own and do not move the
/// playhead.
void keepArrowKeys(QWidget& widget);

} // namespace gesture::app
