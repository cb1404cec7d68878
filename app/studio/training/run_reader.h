// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/training/run_record.h"
#include "core/base/result.h"
#include "training/protocol/training_event.h"

#include <memory>

namespace gesture::app {

/// Names in a run's folder that the studio adds.
inline constexpr const char* kConfigFile = "train.yaml"; ///< As people wrote it.
inline constexpr const char* kNotesFile = "notes.json";
inline constexpr const char* kQueuedFile = "queued";

/// Follows one run's folder: reads what its records have gained since the last look, and who is
/// alive. Records may be cut off, damaged or begun anew. Blocks while it reads; one thread at a
/// time.
class RunReader {
public:
    explicit RunReader(std::filesystem::path folder);

    /// What the folder says now; the same pointer as before when nothing has changed.
    [[nodiscard]] std::shared_ptr<const RunRecord> look();

private:
    void readLog();
    void take(const training::TrainingEvent& event);
    void takeFigures(RunSplit split, std::int64_t step, const training::NamedFigures& figures);
    void readCheckpoints();
    void readNotes();
    void findState();
    void findSelection();
    void begin();

    std::filesystem::path folder_;
    RunRecord run_;
    std::shared_ptr<const RunRecord> shown_;
    training::EventLines lines_;
    std::uint64_t offset_ = 0;
    std::uint64_t inode_ = 0;
    std::filesystem::file_time_type checkpointsRead_{};
    std::filesystem::file_time_type notesRead_{};
    /// What the last event of the log says of the end.
    enum class Ending { None, Open, Finished, Stopped, Failed } ending_ = Ending::None;
    bool changed_ = true;
};

/// Writes `notes.json`. Io.
[[nodiscard]] Status writeRunNotes(const std::filesystem::path& folder, const RunNotes& notes);

/// Whether a folder holds a run, or the beginning of one.
[[nodiscard]] bool isRunFolder(const std::filesystem::path& folder);

} // namespace gesture::app
