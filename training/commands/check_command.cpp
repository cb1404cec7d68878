// SPDX-License-Identifier: Apache-2.0
#include "training/commands/check_command.h"

#include "training/commands/command.h"
#include "training/commands/event_printer.h"
#include "training/loop/device_state.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>

namespace gesture::training {

namespace {

struct CheckOptions {
    std::string config;
    std::string device;
    std::int64_t threads = 0;
    CheckStyle style;
};

void printPlan(const TrainingSetup& setup, const Trainer& trainer) {
    fmt::print("stage       {}\n", setup.stageName);
    fmt::print("device      {}\n", setup.device.str());
    fmt::print("parameters  {}\n", trainer.parameterCount());
    const std::int64_t epoch = setup.parts.training->stepsPerEpoch();
    fmt::print("steps       {} ({} an epoch, {:.1f} epochs)\n", trainer.totalSteps(), epoch,
               static_cast<double>(trainer.totalSteps()) / static_cast<double>(epoch));
    std::fflush(stdout);
}

void printNeeds(const TrainingSetup& setup, const Trainer& trainer, double seconds) {
    fmt::print("memory      {} at least; {} with the first steps\n",
               shownBytes(trainer.stateBytes()), shownBytes(peakMemory(setup.device)));
    fmt::print("time        {:.3g} s a step, {} in all without measuring\n", seconds,
               shownDuration(seconds * static_cast<double>(trainer.totalSteps())));
}

nlohmann::ordered_json planJson(const TrainingSetup& setup, const Trainer& trainer,
                                const std::optional<double>& seconds) {
    nlohmann::ordered_json plan;
    plan["stage"] = setup.stageName;
    plan["device"] = setup.device.str();
    plan["parameters"] = trainer.parameterCount();
    plan["steps"] = trainer.totalSteps();
    plan["steps_per_epoch"] = setup.parts.training->stepsPerEpoch();
    plan["state_bytes"] = trainer.stateBytes();
    plan["config"] = setup.config;
    if (!seconds) return plan;
    plan["memory_bytes"] = peakMemory(setup.device);
    plan["seconds_per_step"] = *seconds;
    plan["seconds"] = *seconds * static_cast<double>(trainer.totalSteps());
    return plan;
}

} // namespace

Status checkTraining(const std::filesystem::path& config, const SetupOptions& options,
                     const CheckStyle& style) {
    JobControl control;
    auto setup = openTraining(config, options, control);
    if (!setup) return setup.error();
    auto group = RankGroup::join({});
    if (!group) return group.error();
    Trainer trainer(setup->job(), setup->settings, **group);
    if (!style.json) printPlan(*setup, trainer);
    std::optional<double> seconds;
    if (!style.quick) {
        const auto measured = trainer.measure();
        if (!measured) return measured.error();
        seconds = *measured;
    }
    if (style.json)
        fmt::print("{}\n", planJson(*setup, trainer, seconds).dump());
    else if (seconds)
        printNeeds(*setup, trainer, *seconds);
    return Status::success();
}

void addCheckCommand(CLI::App& app, const ChooseCommand& choose) {
    auto options = std::make_shared<CheckOptions>();
    CLI::App* command = app.add_subcommand(
        "check", "Say what a configuration would do: steps, parameters, memory, time");
    command->add_option("CONFIG", options->config, "YAML file (docs/training.md)")->required();
    command->add_option("--device", options->device, "auto, cpu, cuda or cuda:N");
    command->add_option("--threads", options->threads, "Threads of the processor")
        ->check(CLI::Range(1, 1024));
    command->add_flag("--json", options->style.json, "One line of JSON");
    command->add_flag("--quick", options->style.quick,
                      "Make no steps: neither time nor memory of steps is told");
    command->callback([=] {
        choose([options] {
            return checkTraining(options->config, {options->device, options->threads, 0},
                                 options->style);
        });
    });
}

} // namespace gesture::training
