// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"

namespace gesture::app {

/// Adds `check` to the command `corpus`.
void addCorpusCheckCommand(CLI::App& corpus, const ChooseCommand& choose);

} // namespace gesture::app
