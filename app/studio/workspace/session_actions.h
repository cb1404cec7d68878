// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/main_window.h"

namespace gesture::app {

/// Connects what menus and keys do to a project, and switches them on and off with it.
void wireSession(const StudioParts& parts, MainWindow& window);

} // namespace gesture::app
