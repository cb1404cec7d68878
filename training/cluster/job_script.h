// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace gesture::training {

/// What a job asks of the cluster; what is empty or 0 is left to the cluster's own defaults.
struct JobNeeds {
    std::string partition;
    std::string account;
    std::string time;              ///< As sbatch takes it: "12:00:00", "2-00:00:00".
    std::string memory;            ///< "16G"
    std::int64_t tasks = 1;        ///< Processes; ranks of a training.
    std::int64_t cpus = 0;         ///< Of a task.
    std::int64_t gpus = 0;         ///< Of a task.
    std::vector<std::string> more; ///< Further options of sbatch, "--constraint=h100".
};

/// A job before it has a number.
struct JobPlan {
    std::string name;
    std::filesystem::path folder; ///< Where its output goes; on the cluster.
    JobNeeds needs;
    std::vector<std::string> command; ///< Program and arguments.
    std::int64_t shares = 0; ///< An array of so many jobs, each with `--share I/N`; 0: one job.
};

/// Which script a job is made of.
enum class JobKind { Train, Batch };

/// The text of the template: `slurm/train.sbatch` or `slurm/batch.sbatch` of the user's data
/// folder, where people change it, else the one that ships. NotFound, Io.
[[nodiscard]] Result<std::string> jobTemplate(JobKind kind);

/// Puts a job into a template: @name@, @folder@, @options@ (lines of #SBATCH), @command@, @last@,
/// @shares@. InvalidInput for needs or names that would break out of their line.
[[nodiscard]] Result<std::string> jobScript(const std::string& text, const JobPlan& plan);

/// A word as the shell reads it back whole.
[[nodiscard]] std::string shellWord(const std::string& word);

} // namespace gesture::training
