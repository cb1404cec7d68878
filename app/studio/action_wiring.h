// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/main_window.h"

namespace gesture::app {

/// Connects every action to what it does. Once; the connections end with the window.
void wireActions(const StudioParts& parts, MainWindow& window);

} // namespace gesture::app
