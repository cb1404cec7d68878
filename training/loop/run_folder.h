// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "training/protocol/run_files.h"

#include <filesystem>
#include <string>

namespace gesture::training {

/// The folder of a run: `run.yaml` (the complete configuration), `log.jsonl`, `figures.csv`,
/// `events.out.tfevents.…`, `checkpoints/`, and `lock`, which the process that trains holds. The
/// system lets go of it when the process ends, however it ends.
class RunFolder {
public:
    /// Makes the folder where it is not there, and takes the lock. Io; Usage when another process
    /// trains in it.
    [[nodiscard]] static Result<RunFolder> open(const std::filesystem::path& path);

    RunFolder(RunFolder&& other) noexcept;
    RunFolder& operator=(RunFolder&& other) noexcept;
    ~RunFolder();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path checkpoints() const;

    /// Writes `run.yaml`.
    [[nodiscard]] Status recordConfig(const std::string& yaml) const;

private:
    RunFolder(std::filesystem::path path, int lock);

    std::filesystem::path path_;
    int lock_ = -1;
};

} // namespace gesture::training
