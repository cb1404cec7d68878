// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::app {

// Training is a process of its own, in a session of its own: it outlives the studio, and any later
// studio finds it by its run's folder. Below that folder lie `process.json` (who was started),
// `control` (a pipe with a name: the process reads its commands there), `output.txt` (what it said
// on standard error) and `exit` (its exit status). Any thread.

/// A process, told apart from later ones with the same number. Value type.
struct RunProcess {
    std::int64_t pid = 0;
    std::string started; ///< As the system has it: clock ticks since the start of the computer.
    std::string boot;    ///< Of which start of the computer.
};

struct RunCommand {
    std::filesystem::path trainer; ///< gesture-train.
    std::filesystem::path folder;  ///< Of the run; must exist.
    std::vector<std::string> arguments;
};

/// Starts the program and records it. Io, Unavailable.
[[nodiscard]] Result<RunProcess> startRunProcess(const RunCommand& command);

/// The process that was started last for a run, living or not.
[[nodiscard]] std::optional<RunProcess> recordedProcess(const std::filesystem::path& folder);
/// When it was started, seconds since 1970; 0: never.
[[nodiscard]] double recordedTime(const std::filesystem::path& folder);
/// Whether exactly this process lives.
[[nodiscard]] bool isAlive(const RunProcess& process);
/// Of the last process; nothing while it runs, or when it was killed together with its shell.
[[nodiscard]] std::optional<int> recordedExit(const std::filesystem::path& folder);
/// The last lines that the last process wrote on standard error, at most 4 KiB.
[[nodiscard]] std::string recordedOutput(const std::filesystem::path& folder);

/// Finish the step, write a checkpoint, end. Also for runs that were started elsewhere on this
/// computer. NotFound when nothing trains there, Io.
[[nodiscard]] Status askToStop(const std::filesystem::path& folder);
/// Write a checkpoint and go on. NotFound, or Unavailable for runs that were started elsewhere.
[[nodiscard]] Status askForCheckpoint(const std::filesystem::path& folder);
/// Ends the process at once; what was learnt since the last checkpoint is lost. NotFound, Io.
[[nodiscard]] Status endAtOnce(const std::filesystem::path& folder);

/// Takes notice of ended children, so that the system can forget them.
void forgetEnded(const RunProcess& process);

} // namespace gesture::app
