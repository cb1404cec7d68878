// SPDX-License-Identifier: Apache-2.0
#include "app/cli/cluster_options.h"

#include "core/base/atomic_file.h"
#include "training/cluster/submitted_jobs.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace gesture::app {

using namespace training;

void addClusterOptions(CLI::App& command, ClusterArguments& arguments) {
    JobNeeds& needs = arguments.needs;
    command.add_option("--host", arguments.host,
                       "Login node, as ssh takes it; without it this computer is asked");
    command.add_option("--template", arguments.templateFile,
                       "Script to fill in, instead of the usual one (docs/cluster.md)");
    command.add_option("--partition", needs.partition, "Partition of the cluster");
    command.add_option("--account", needs.account, "Account of the cluster");
    command.add_option("--time", needs.time, "Longest time: 12:00:00, 2-00:00:00");
    command.add_option("--mem", needs.memory, "Memory of a node: 16G");
    command.add_option("--tasks", needs.tasks, "Processes; ranks of a training")
        ->check(CLI::Range(1, 4096));
    command.add_option("--cpus", needs.cpus, "Processors of a process")->check(CLI::Range(1, 1024));
    command.add_option("--gpus", needs.gpus, "GPUs of a process")->check(CLI::Range(1, 16));
    command.add_option("--sbatch", needs.more, "Another option of sbatch; may be repeated")
        ->allow_extra_args(false);
    command.add_flag("--print", arguments.printOnly, "Print the script and hand nothing in");
}

Status submitJob(const ClusterArguments& arguments, JobKind kind, const JobPlan& plan,
                 const Console& console) {
    constexpr std::size_t kMaxTemplate = std::size_t{1} << 20;
    const auto text = arguments.templateFile.empty()
                          ? jobTemplate(kind)
                          : readTextFile(arguments.templateFile, kMaxTemplate);
    if (!text) return text.error();
    const auto script = jobScript(*text, plan);
    if (!script) return script.error();
    if (arguments.printOnly) {
        fmt::print("{}", *script);
        return Status::success();
    }
    std::error_code code;
    if (arguments.host.empty()) std::filesystem::create_directories(plan.folder, code);
    if (code)
        return Error{ErrorCode::Io, fmt::format("The folder '{}' cannot be made: {}.",
                                                plan.folder.string(), code.message())};
    const auto id = Slurm(arguments.host).submit(*script);
    if (!id) return id.error();
    const double now =
        std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    const SubmittedJob job{*id,
                           arguments.host,
                           plan.name,
                           plan.folder.string(),
                           kind == JobKind::Train ? "train" : "batch",
                           now};
    if (auto remembered = rememberJob(job); !remembered) console.note(remembered.error().message());
    console.line(
        fmt::format("Job {} is handed in; gesture cluster watch {} tells of it.", *id, *id));
    console.object({{"id", *id}, {"folder", plan.folder.string()}});
    return Status::success();
}

} // namespace gesture::app
