// SPDX-License-Identifier: Apache-2.0
#include "training/commands/command.h"
#include "training/commands/run_list.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <string>

namespace gesture::training {

namespace {

struct ListOptions {
    std::string folder = "runs";
    bool json = false;
};

nlohmann::json summaryJson(const RunSummary& run) {
    nlohmann::json best = nullptr;
    if (run.best) best = *run.best;
    return {{"folder", run.folder.string()},
            {"state", nameOf(run.state)},
            {"stage", run.stage},
            {"step", run.step},
            {"total_steps", run.totalSteps},
            {"best", best},
            {"time", run.time}};
}

Status listTraining(const ListOptions& options) {
    std::error_code code;
    if (!std::filesystem::is_directory(options.folder, code))
        return Error{ErrorCode::NotFound, fmt::format("There is no folder '{}'.", options.folder)};
    for (const RunSummary& run : listRuns(options.folder)) {
        if (options.json) {
            fmt::print("{}\n", summaryJson(run).dump(-1, ' ', false,
                                                     nlohmann::json::error_handler_t::replace));
            continue;
        }
        fmt::print("{:<32} {:<9} {:<18} {:>9}/{:<9} {}\n", run.folder.string(), nameOf(run.state),
                   run.stage, run.step, run.totalSteps,
                   run.best ? fmt::format("best {:.5g}", *run.best) : std::string{});
    }
    return Status::success();
}

} // namespace

void addListCommand(CLI::App& app, const ChooseCommand& choose) {
    auto options = std::make_shared<ListOptions>();
    CLI::App* command = app.add_subcommand("list", "List runs: state, step, best figure");
    command->add_option("FOLDER", options->folder, "Folder of runs; runs by default");
    command->add_flag("--json", options->json, "A line of JSON for each");
    command->callback([=] { choose([options] { return listTraining(*options); }); });
}

} // namespace gesture::training
