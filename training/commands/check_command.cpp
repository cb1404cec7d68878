// SPDX-License-Identifier: Apache-2.0
#include "training/commands/check_command.h"

#include "training/commands/command.h"
#include "training/commands/event_printer.h"
#include "training/loop/device_state.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <string>

namespace gesture::training {

namespace {

struct CheckOptions {
    std::string config;
    std::string device;
    std::int64_t threads = 0;
};

} // namespace

Status checkTraining(const std::filesystem::path& config, const SetupOptions& options) {
    JobControl control;
    auto setup = openTraining(config, options, control);
    if (!setup) return setup.error();
    auto group = RankGroup::join({});
    if (!group) return group.error();
    Trainer trainer(setup->job(), setup->settings, **group);
    fmt::print("stage       {}\n", setup->stageName);
    fmt::print("device      {}\n", setup->device.str());
    fmt::print("parameters  {}\n", trainer.parameterCount());
    const std::int64_t epoch = setup->parts.training->stepsPerEpoch();
    fmt::print("steps       {} ({} an epoch, {:.1f} epochs)\n", trainer.totalSteps(), epoch,
               static_cast<double>(trainer.totalSteps()) / static_cast<double>(epoch));
    std::fflush(stdout);
    const auto seconds = trainer.measure();
    if (!seconds) return seconds.error();
    fmt::print("memory      {} at least; {} with the first steps\n",
               shownBytes(trainer.stateBytes()), shownBytes(peakMemory(setup->device)));
    fmt::print("time        {:.3g} s a step, {} in all without measuring\n", *seconds,
               shownDuration(*seconds * static_cast<double>(trainer.totalSteps())));
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
    command->callback([=] {
        choose([options] {
            return checkTraining(options->config, {options->device, options->threads, 0});
        });
    });
}

} // namespace gesture::training
