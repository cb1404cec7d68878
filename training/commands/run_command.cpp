// SPDX-License-Identifier: Apache-2.0
#include "training/commands/check_command.h"
#include "training/commands/command.h"
#include "training/commands/event_printer.h"
#include "training/commands/training_setup.h"
#include "training/loop/run_folder.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <optional>
#include <string>

namespace gesture::training {

namespace {

namespace fs = std::filesystem;

struct RunOptions {
    std::string config;
    std::string folder;
    std::string resume = "auto";
    std::string device;
    std::int64_t threads = 0;
    bool events = false;
    bool stopAtEndOfInput = false;
    bool dryRun = false;
    double patience = 20.0; ///< Seconds.
};

fs::path runFolderFor(const RunOptions& options) {
    if (!options.folder.empty()) return options.folder;
    return fs::path("runs") / fs::path(options.config).stem();
}

StopRequests::Input inputFor(const RunOptions& options) {
    if (options.stopAtEndOfInput) return StopRequests::Input::LinesUntilClosed;
    return options.events ? StopRequests::Input::Lines : StopRequests::Input::Ignored;
}

RankPatience patienceOf(const RunOptions& options) {
    RankPatience patience;
    patience.silence = std::chrono::milliseconds(std::llround(options.patience * 1000.0));
    return patience;
}

/// The checkpoint to go on from, or nothing; notes say what was passed over.
Result<std::optional<OpenCheckpoint>> chooseCheckpoint(const RunOptions& options,
                                                       const CheckpointFolder& folder,
                                                       std::vector<std::string>& notes) {
    if (options.resume == "auto") {
        auto newest = folder.newest(notes);
        if (newest || notes.empty()) return newest;
        return Error{ErrorCode::InvalidInput,
                     fmt::format("No checkpoint of the run is whole: {} Give another folder with "
                                 "-o to begin anew.",
                                 notes.front())};
    }
    const auto entries = folder.entries();
    const bool inside = std::any_of(entries.begin(), entries.end(), [&](const auto& entry) {
        const fs::path note = fs::path(options.resume).replace_extension(".json");
        std::error_code none;
        return fs::equivalent(note, entry.note, none);
    });
    if (!entries.empty() && !inside)
        return Error{ErrorCode::Usage,
                     fmt::format("'{}' holds a run already: give another folder with -o, or leave "
                                 "out --resume to go on with it.",
                                 folder.path().parent_path().string())};
    if (options.resume == "never") return std::optional<OpenCheckpoint>{};
    auto found = findCheckpoint(options.resume);
    if (!found) return std::move(found).error();
    return std::optional(std::move(*found));
}

/// What the first rank has on the disk.
struct RunRecords {
    RunFolder folder;
    CheckpointFolder checkpoints;
    RunLog log;
};

Result<RunRecords> openRecords(const RunOptions& options, Trainer& trainer,
                               const TrainingSetup& setup, EventPrinter& printer) {
    auto folder = RunFolder::open(runFolderFor(options));
    if (!folder) return std::move(folder).error();
    CheckpointFolder checkpoints(folder->checkpoints());
    std::vector<std::string> notes;
    const auto checkpoint = chooseCheckpoint(options, checkpoints, notes);
    if (!checkpoint) return checkpoint.error();
    for (std::string& note : notes)
        note += " The one before it is taken.";
    if (checkpoint->has_value())
        if (auto restored = trainer.restore(**checkpoint); !restored)
            return std::move(restored).error();
    const std::int64_t step = trainer.state().step;
    checkpoints.dropAfter(step);
    if (auto recorded = folder->recordConfig(setup.config); !recorded)
        return std::move(recorded).error();
    auto log = RunLog::open(folder->path(), step);
    if (!log) return std::move(log).error();
    if (checkpoint->has_value() && (*checkpoint)->state.config != setup.config)
        notes.emplace_back("The configuration is not the one that the checkpoint was made with.");
    for (const std::string& note : notes) {
        const TrainingEvent event{unixSeconds(), TrainingNote{step, note}};
        printer.show(event);
        if (auto written = log->write(event); !written) return std::move(written).error();
    }
    return RunRecords{std::move(*folder), std::move(checkpoints), std::move(*log)};
}

Status trainWith(const RunOptions& options, const RankPlace& place, StopRequests& requests) {
    // First, so that the end of a rank that still reads its data is noticed.
    auto group = RankGroup::join(place, patienceOf(options));
    if (!group) return group.error();
    JobControl control(requests.token(), {});
    auto setup =
        openTraining(options.config, {options.device, options.threads, place.localRank}, control);
    if (!setup) return setup.error();
    Trainer trainer(setup->job(), setup->settings, **group);
    EventPrinter printer(options.events ? EventPrinter::Style::Events
                                        : EventPrinter::Style::People);
    TrainingTraces traces;
    std::optional<RunRecords> records;
    if ((*group)->first()) {
        auto opened = openRecords(options, trainer, *setup, printer);
        if (!opened) return opened.error();
        records.emplace(std::move(*opened));
        traces.checkpoints = &records->checkpoints;
        traces.log = &records->log;
        traces.observe = [&](const TrainingEvent& event) { printer.show(event); };
        traces.progress = [&](const Progress& progress) { printer.show(progress); };
    }
    Status trained = trainer.run(traces, requests);
    const bool together = trained.ok() || trained.error().code() == ErrorCode::Cancelled;
    if (together)
        if (auto left = (*group)->leave(); !left && trained.ok()) return left;
    return trained;
}

Status runTraining(const RunOptions& options) {
    const auto place = rankPlaceOfThisProcess();
    if (!place) return place.error();
    StopRequests requests(inputFor(options));
    return trainWith(options, *place, requests);
}

} // namespace

void addRunCommand(CLI::App& app, const ChooseCommand& choose) {
    auto options = std::make_shared<RunOptions>();
    CLI::App* command = app.add_subcommand(
        "run", "Train what a configuration says, or go on with it. Under torchrun or srun every "
               "process is a rank. Ctrl+C, SIGTERM or the line \"stop\" (with --events) finishes "
               "the step, writes a checkpoint and ends with status 3.");
    command->add_option("CONFIG", options->config, "YAML file (docs/training.md)")->required();
    command->add_option("-o,--output", options->folder, "The run's folder; runs/NAME by default");
    command->add_option("--resume", options->resume,
                        "auto (go on where the folder's last good checkpoint is), never, or a "
                        "checkpoint or run to begin from");
    command->add_option("--device", options->device, "auto, cpu, cuda or cuda:N");
    command->add_option("--threads", options->threads, "Threads of the processor")
        ->check(CLI::Range(1, 1024));
    command->add_flag("--events", options->events,
                      "Lines of JSON on standard output; commands are read from standard input");
    command->add_flag("--stop-at-end-of-input", options->stopAtEndOfInput,
                      "Stop, too, when standard input is closed");
    command
        ->add_option("--patience", options->patience,
                     "Seconds without a sign of life of another rank before giving up; 20")
        ->check(CLI::Range(1.0, 3600.0));
    command->add_flag("--dry-run", options->dryRun, "Only say what would be done, as check does");
    command->callback([=] {
        choose([options]() -> Status {
            if (options->dryRun)
                return checkTraining(options->config, {options->device, options->threads, 0});
            return runTraining(*options);
        });
    });
}

} // namespace gesture::training
