// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace gesture::training {

/// Numbers by name, in the order in which people should read them.
using NamedFigures = std::vector<std::pair<std::string, double>>;

// What a trainer tells: lines of its `log.jsonl` and, with `--events`, of its standard output. All
// are value types. `step` counts the steps that are done.

/// Training begins, or goes on at `step`.
struct RunStarted {
    std::int64_t step = 0;
    std::int64_t totalSteps = 0;
    std::int64_t stepsPerEpoch = 1;
    std::int64_t parameters = 0;
    std::int64_t ranks = 1;
    std::int64_t memoryBytes = 0; ///< Of what is kept from step to step; steps need more.
    std::string stage;
    std::string device; ///< "cpu", "cuda:0"
    bool operator==(const RunStarted&) const = default;
};

/// What the first steps let expect of the rest.
struct RunEstimated {
    std::int64_t step = 0;
    double secondsPerStep = 0.0;
    double secondsLeft = 0.0;
    std::int64_t memoryBytes = 0; ///< Largest so far, of one rank.
    bool operator==(const RunEstimated&) const = default;
};

/// Means over the steps since the last such event.
struct StepsDone {
    std::int64_t step = 0;
    std::int64_t epoch = 0;
    double seconds = 0.0; ///< Of training since the run began, earlier sittings included.
    double stepsPerSecond = 0.0;
    double dataWait = 0.0; ///< Share of the time that went by waiting for batches, 0 to 1.
    double learningRate = 0.0;
    double secondsLeft = 0.0;
    std::int64_t memoryBytes = 0;
    NamedFigures figures;
    bool operator==(const StepsDone&) const = default;
};

/// Measures on held-out data.
struct Evaluated {
    std::int64_t step = 0;
    bool best = false; ///< Better than all before.
    NamedFigures figures;
    bool operator==(const Evaluated&) const = default;
};

struct CheckpointWritten {
    std::int64_t step = 0;
    bool best = false;
    std::string file; ///< Below the run's folder.
    std::int64_t bytes = 0;
    double seconds = 0.0;
    bool operator==(const CheckpointWritten&) const = default;
};

/// Something that people should know ("a damaged checkpoint was passed over").
struct TrainingNote {
    std::int64_t step = 0;
    std::string text;
    bool operator==(const TrainingNote&) const = default;
};

/// The run has done all its steps.
struct RunFinished {
    std::int64_t step = 0;
    bool operator==(const RunFinished&) const = default;
};

/// The run ended early because somebody wanted it to; it can go on.
struct RunStopped {
    std::int64_t step = 0;
    std::string reason;
    bool operator==(const RunStopped&) const = default;
};

struct RunFailed {
    std::int64_t step = 0;
    std::string message;
    bool operator==(const RunFailed&) const = default;
};

struct TrainingEvent {
    double time = 0.0; ///< Seconds since 1970, UTC.
    std::variant<TrainingNote, RunStarted, RunEstimated, StepsDone, Evaluated, CheckpointWritten,
                 RunFinished, RunStopped, RunFailed>
        what;
    bool operator==(const TrainingEvent&) const = default;

    [[nodiscard]] std::int64_t step() const;
};

/// Now, as events have it.
[[nodiscard]] double unixSeconds();

/// Longest line, without its end, that is written or read.
inline constexpr std::size_t kMaxEventLine = std::size_t{256} << 10;
/// Figures of one event.
inline constexpr std::size_t kMaxFigures = 1024;

/// One line of JSON without its end. Numbers that are not finite become null. Texts are cut and
/// figures beyond the limits left out, so that the line can be read again.
[[nodiscard]] std::string formatTrainingEvent(const TrainingEvent& event);

/// The event that a line holds; the writer is not trusted. null stands for not a number; fields
/// that are not known are passed over. InvalidInput (no event, wrong kinds of values, negative
/// steps), LimitExceeded.
[[nodiscard]] Result<TrainingEvent> parseTrainingEvent(std::string_view line);

/// Cuts a stream of bytes into lines, however it arrives. Lines that are too long are left out.
/// One thread.
class EventLines {
public:
    /// Takes bytes and returns the lines that are complete now, without their ends.
    [[nodiscard]] std::vector<std::string> take(std::string_view bytes);

private:
    std::string rest_;
    bool tooLong_ = false; ///< The line at hand is left out.
};

/// What a trainer takes on its standard input with `--events`, one word a line.
inline constexpr std::string_view kStopLine = "stop"; ///< Finish the step, write a checkpoint, end.
inline constexpr std::string_view kCheckpointLine = "checkpoint"; ///< Write one, go on.

} // namespace gesture::training
