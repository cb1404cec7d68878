// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/corpus_check_command.h"
#include "app/cli/corpus_make_command.h"

#include <CLI/CLI.hpp>

namespace gesture::app {

void addCorpusCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command = app.add_subcommand("corpus", "Recordings to train on");
    command->require_subcommand(1);
    addCorpusCheckCommand(*command, choose);
    addCorpusMakeCommand(*command, choose);
}

} // namespace gesture::app
