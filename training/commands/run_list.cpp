// SPDX-License-Identifier: Apache-2.0
#include "training/commands/run_list.h"

#include "training/loop/checkpoint.h"
#include "training/loop/run_folder.h"
#include "training/loop/run_log.h"

#include <algorithm>
#include <array>
#include <fstream>

namespace gesture::training {

namespace {

namespace fs = std::filesystem;

/// What events say of a run's state, one after the other.
struct StateFromEvents {
    RunSummary& run;

    void operator()(const RunStarted& started) const {
        run.state = RunState::Ended;
        run.stage = started.stage;
        run.totalSteps = started.totalSteps;
    }
    void operator()(const RunFinished& /*finished*/) const { run.state = RunState::Finished; }
    void operator()(const RunStopped& /*stopped*/) const { run.state = RunState::Stopped; }
    void operator()(const RunFailed& /*failed*/) const { run.state = RunState::Failed; }
    template <typename Other>
    void operator()(const Other& /*other*/) const {}
};

void readLog(const fs::path& file, RunSummary& run) {
    std::ifstream stream(file, std::ios::binary);
    std::array<char, 1 << 16> block{};
    EventLines lines;
    while (stream.read(block.data(), block.size()), stream.gcount() > 0) {
        const std::string_view bytes(block.data(), static_cast<std::size_t>(stream.gcount()));
        for (const std::string& line : lines.take(bytes)) {
            const auto event = parseTrainingEvent(line);
            if (!event) continue;
            std::visit(StateFromEvents{run}, event->what);
            run.step = event->step();
            run.time = event->time;
        }
    }
}

} // namespace

std::string_view nameOf(RunState state) {
    switch (state) {
    case RunState::Running:
        return "running";
    case RunState::Finished:
        return "finished";
    case RunState::Stopped:
        return "stopped";
    case RunState::Failed:
        return "failed";
    case RunState::Ended:
        return "ended";
    case RunState::Empty:
        return "empty";
    }
    return "";
}

RunSummary summariseRun(const fs::path& folder) {
    RunSummary run;
    run.folder = folder;
    readLog(folder / kLogFile, run);
    if (isRunning(folder)) run.state = RunState::Running;
    for (const CheckpointEntry& entry : CheckpointFolder(folder / kCheckpointFolder).entries())
        if (entry.figure && (!run.best || *entry.figure < *run.best)) run.best = entry.figure;
    return run;
}

std::vector<RunSummary> listRuns(const fs::path& folder) {
    std::error_code code;
    if (fs::exists(folder / kRunConfigFile, code)) return {summariseRun(folder)};
    std::vector<RunSummary> runs;
    for (fs::directory_iterator entry(folder, code), end; !code && entry != end;
         entry.increment(code)) {
        std::error_code ignored;
        if (fs::exists(entry->path() / kRunConfigFile, ignored))
            runs.push_back(summariseRun(entry->path()));
    }
    std::sort(runs.begin(), runs.end(),
              [](const RunSummary& a, const RunSummary& b) { return a.folder < b.folder; });
    return runs;
}

} // namespace gesture::training
