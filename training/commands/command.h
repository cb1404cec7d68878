// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <functional>

namespace CLI {
class App;
}

namespace gesture::training {

/// What a command does once its arguments are known.
using CommandBody = std::function<Status()>;
/// Called by the parser with the body of the command that was asked for.
using ChooseCommand = std::function<void(CommandBody)>;

// Each adds its options to `app` as a subcommand.
void addPrepareCommand(CLI::App& app, const ChooseCommand& choose);
void addRunCommand(CLI::App& app, const ChooseCommand& choose);
void addCheckCommand(CLI::App& app, const ChooseCommand& choose);
void addListCommand(CLI::App& app, const ChooseCommand& choose);
void addExportCommand(CLI::App& app, const ChooseCommand& choose);
void addDevicesCommand(CLI::App& app, const ChooseCommand& choose);

} // namespace gesture::training
