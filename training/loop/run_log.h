// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/loop/append_file.h"
#include "training/loop/event_file.h"
#include "training/protocol/run_files.h"
#include "training/protocol/training_event.h"

#include <filesystem>
#include <string>

namespace gesture::training {

/// The records of a run's folder: `log.jsonl` (every event), `figures.csv` (step, split, figure,
/// value) and curves for TensorBoard. Every event is with the system when `write` returns. One
/// thread.
class RunLog {
public:
    /// Goes on behind `lastStep`: what the records say of later steps is taken out, so that no step
    /// occurs twice. Io.
    [[nodiscard]] static Result<RunLog> open(const std::filesystem::path& folder,
                                             std::int64_t lastStep);

    [[nodiscard]] Status write(const TrainingEvent& event);

private:
    RunLog(AppendFile log, AppendFile table, EventFile curves);
    [[nodiscard]] Status writeFigures(double time, std::int64_t step, std::string_view split,
                                      const NamedFigures& figures);

    AppendFile log_;
    AppendFile table_;
    EventFile curves_;
};

} // namespace gesture::training
