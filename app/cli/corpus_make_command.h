// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"

namespace gesture::app {

/// Adds `make` to the command `corpus`.
void addCorpusMakeCommand(CLI::App& corpus, const ChooseCommand& choose);

} // namespace gesture::app
