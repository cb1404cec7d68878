// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/console.h"
#include "core/base/result.h"

#include <functional>

namespace CLI {
class App;
}

namespace gesture::app {

/// What a command does once its arguments are known. The returned Status decides the exit code.
using CommandBody = std::function<Status(Console&)>;

// Each adds its options to `app` as a subcommand and returns nothing; `choose` is called by the
// parser with the body of the command that was asked for.
using ChooseCommand = std::function<void(CommandBody)>;

void addInfoCommand(CLI::App& app, const ChooseCommand& choose);
void addRenderCommand(CLI::App& app, const ChooseCommand& choose);
void addAvatarCommand(CLI::App& app, const ChooseCommand& choose);
void addTranscribeCommand(CLI::App& app, const ChooseCommand& choose);
void addDoctorCommand(CLI::App& app, const ChooseCommand& choose);
void addEditCommand(CLI::App& app, const ChooseCommand& choose);
void addAnalyseCommand(CLI::App& app, const ChooseCommand& choose);
void addGenerateCommand(CLI::App& app, const ChooseCommand& choose);
void addBatchCommand(CLI::App& app, const ChooseCommand& choose);
void addClusterCommand(CLI::App& app, const ChooseCommand& choose);
void addCorpusCommand(CLI::App& app, const ChooseCommand& choose);
void addBundleCommand(CLI::App& app, const ChooseCommand& choose);
void addWeightsCommand(CLI::App& app, const ChooseCommand& choose);
void addBenchmarkCommand(CLI::App& app, const ChooseCommand& choose);
void addEvaluateCommand(CLI::App& app, const ChooseCommand& choose);
void addProjectCommand(CLI::App& app, const ChooseCommand& choose);
void addFeaturesCommand(CLI::App& app, const ChooseCommand& choose);
void addImportCommand(CLI::App& app, const ChooseCommand& choose);
void addRetargetCommand(CLI::App& app, const ChooseCommand& choose);

} // namespace gesture::app
