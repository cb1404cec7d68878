// SPDX-License-Identifier: Apache-2.0
#include "core/io/bundle/bundle.h"
#include "training/commands/bundle_export.h"
#include "training/commands/command.h"
#include "training/commands/training_setup.h"
#include "training/loop/training_tensors.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <string>

namespace gesture::training {

namespace {

struct ExportOptions {
    std::string run;
    std::string target;
    std::string base;
    bool int8 = false;
};

/// The best checkpoint of a run's folder, else the newest; or the one that was named.
Result<OpenCheckpoint> checkpointToExport(const std::filesystem::path& path) {
    std::error_code code;
    const auto entries = CheckpointFolder(path / kCheckpointFolder).entries();
    for (const CheckpointEntry& entry : entries)
        if (entry.best) return openCheckpoint(entry.tensors);
    return findCheckpoint(path);
}

Status exportRun(const ExportOptions& options) {
    auto checkpoint = checkpointToExport(options.run);
    if (!checkpoint) return checkpoint.error();
    const TrainingState& state = checkpoint->state;
    auto config = ConfigReader::parse(state.config, checkpoint->entry.tensors.string());
    if (!config) return config.error();
    JobControl control;
    auto setup = setUpTraining(std::move(*config), state.configFolder, {"cpu", 0, 0}, control);
    if (!setup) return setup.error();
    if (auto restored = restoreNetworks(*checkpoint, *setup->parts.stage); !restored)
        return restored;
    BundleExport job;
    job.networks = setup->parts.stage->networks();
    job.precision = options.int8 ? ExportPrecision::Int8 : ExportPrecision::Float;
    job.target = options.target;
    job.name = std::filesystem::path(options.target).filename().string();
    job.source =
        fmt::format("trained: {}, {} steps, data {}", state.stage, state.step, state.dataKey);
    if (!options.base.empty()) {
        auto base = io::findBundle(options.base);
        if (!base) return base.error();
        job.base = std::move(*base);
    }
    const auto exported = exportBundle(job, control);
    if (!exported) return exported.error();
    fmt::print("{}: networks of step {}\n", options.target, state.step);
    if (!exported->lacks.empty()) fmt::print("Not complete yet: {}\n", exported->lacks);
    return Status::success();
}

} // namespace

void addExportCommand(CLI::App& app, const ChooseCommand& choose) {
    auto options = std::make_shared<ExportOptions>();
    CLI::App* command = app.add_subcommand(
        "export",
        "Write the networks of a run's best checkpoint, or of the one named, as a bundle");
    command->add_option("RUN", options->run, "A run's folder or a checkpoint's file")->required();
    command
        ->add_option("-o,--output", options->target,
                     "The bundle's folder; if it is a bundle, its other networks stay")
        ->required();
    command->add_option("--base", options->base, "A bundle whose other networks are taken over");
    command->add_flag("--int8", options->int8, "Whole numbers of 8 bits with a factor a row");
    command->callback([=] { choose([options] { return exportRun(*options); }); });
}

} // namespace gesture::training
