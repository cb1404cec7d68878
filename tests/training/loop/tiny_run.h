// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/process.h"
#include "tests/support/temporary_folder.h"
#include "training/protocol/training_event.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace gesture::training::test {

/// What a trainer's process left.
struct TrainerEnd {
    int status = -1;
    std::vector<TrainingEvent> events;
    std::string errors; ///< Standard error.
};

/// The tests' trainer (stage "tiny") as a process, whose events are read while it runs.
class TinyTrainer {
public:
    /// `environment`: "NAME=value".
    explicit TinyTrainer(const std::vector<std::string>& arguments,
                         const std::vector<std::string>& environment = {});

    /// Reads events until one satisfies the condition; false at the end of the process.
    bool readUntil(const std::function<bool(const TrainingEvent&)>& condition);
    void send(std::string_view line);
    void signal(int number) const;
    [[nodiscard]] TrainerEnd finish();

private:
    Process process_;
    EventLines lines_;
    std::vector<std::string> pending_;
    std::vector<TrainingEvent> events_;
};

/// Writes `train.yaml` for the tiny stage; `rest` comes behind and may hold any keys.
std::filesystem::path writeTinyConfig(const gesture::test::TemporaryFolder& folder,
                                      const std::string& rest);

/// Runs with --events to the end.
TrainerEnd trainTiny(const std::filesystem::path& config, const std::filesystem::path& run,
                     std::vector<std::string> more = {},
                     const std::vector<std::string>& environment = {});

/// The bytes of every parameter and buffer of a run's newest checkpoint.
std::map<std::string, std::vector<std::byte>> weightsOf(const std::filesystem::path& run);

/// Whether the event says that `step` steps are done.
std::function<bool(const TrainingEvent&)> reached(std::int64_t step);

} // namespace gesture::training::test
