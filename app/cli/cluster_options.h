// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/console.h"
#include "training/cluster/job_script.h"
#include "training/cluster/slurm.h"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace gesture::app {

/// Where a job goes and what it asks for, as typed.
struct ClusterArguments {
    std::string host;         ///< Empty: this computer.
    std::string templateFile; ///< Empty: the user's, or the one that ships.
    training::JobNeeds needs;
    bool printOnly = false;
};

/// Adds --host, --partition, --time, …
void addClusterOptions(CLI::App& command, ClusterArguments& arguments);

/// Makes the script, hands it in, remembers the job and says its number. With `printOnly` the
/// script is printed and nothing is handed in.
[[nodiscard]] Status submitJob(const ClusterArguments& arguments, training::JobKind kind,
                               const training::JobPlan& plan, const Console& console);

} // namespace gesture::app
