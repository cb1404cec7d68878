// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"

namespace gesture::app {

/// Adds `gesture export`: motion for other programs.
void addExportCommand(CLI::App& app, const ChooseCommand& choose);

} // namespace gesture::app
