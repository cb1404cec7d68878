// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/main_window.h"

#include <filesystem>

namespace gesture::app {

/// Connects "Export…" and "Export again": take A, or the motion that is open, leaves the program.
/// `settingsFile` keeps what was chosen last.
void wireExport(const StudioParts& parts, MainWindow& window,
                const std::filesystem::path& settingsFile);

} // namespace gesture::app
