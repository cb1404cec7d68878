// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gesture::app {

/// How a run stands. `Draft`: it has a configuration and was neither started nor queued.
enum class RunState {
    Draft,
    Queued,
    Starting,
    Running,
    Stopping,
    Finished,
    Stopped,
    Failed,
    Killed
};

[[nodiscard]] constexpr bool isActive(RunState state) {
    return state == RunState::Starting || state == RunState::Running || state == RunState::Stopping;
}

struct RunCheckpoint {
    std::int64_t step = 0;
    bool best = false;
    std::optional<double> figure; ///< Of the selection, where it was measured at this step.
    std::filesystem::path file;
    std::uint64_t bytes = 0;
    double time = 0.0; ///< Of the file, seconds since 1970.
};

enum class RunSplit { Train, HeldOut };

/// A figure over the steps. `steps` rise.
struct RunCurve {
    std::string name; ///< "loss.phone"
    RunSplit split = RunSplit::Train;
    std::vector<double> steps;
    std::vector<double> values; ///< NaN: not a number.
};

enum class LogGrade { Info, Warning, Error };
struct RunLogLine {
    double time = 0.0; ///< Seconds since 1970.
    LogGrade grade = LogGrade::Info;
    QString text;
};

/// What people add to a run: kept in `notes.json` of its folder.
struct RunNotes {
    QString text;
    QString tags; ///< Separated by commas.
    QString base; ///< Template or run that its configuration began as.
    bool archived = false;
    bool operator==(const RunNotes&) const = default;
};

/// Everything that is known of a run from its folder. Immutable once it is handed on.
struct RunRecord {
    std::filesystem::path folder;
    QString name;
    RunState state = RunState::Draft;
    RunNotes notes;
    std::string stage;
    std::string device;
    std::int64_t step = 0;
    std::int64_t totalSteps = 0;
    std::int64_t stepsPerEpoch = 1;
    std::int64_t parameters = 0;
    std::int64_t ranks = 1;
    std::int64_t memoryBytes = 0;
    double secondsLeft = -1.0; ///< Negative: not known.
    double stepsPerSecond = 0.0;
    double dataWait = 0.0;
    double begun = 0.0;         ///< First event, seconds since 1970.
    double last = 0.0;          ///< Last event.
    std::string selection;      ///< Name of the figure that chooses the best checkpoint.
    std::optional<double> best; ///< Lowest of it, and where.
    std::int64_t bestStep = 0;
    std::vector<RunCurve> curves;
    std::vector<RunLogLine> log;
    std::vector<RunCheckpoint> checkpoints; ///< Newest first.
    QString failure;                        ///< What the trainer said when it failed.

    [[nodiscard]] double epochs() const {
        return stepsPerEpoch > 0 ? static_cast<double>(step) / static_cast<double>(stepsPerEpoch)
                                 : 0.0;
    }
    [[nodiscard]] double share() const {
        return totalSteps > 0 ? static_cast<double>(step) / static_cast<double>(totalSteps) : 0.0;
    }
    [[nodiscard]] const RunCurve* curve(RunSplit split, std::string_view figure) const {
        for (const RunCurve& one : curves)
            if (one.split == split && one.name == figure) return &one;
        return nullptr;
    }
};

} // namespace gesture::app
