// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gesture::training {

/// How a job of the cluster stands.
enum class JobState {
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
    TimedOut,
    Preempted,
    Unknown ///< The cluster has forgotten it.
};
/// "waiting", "running", …
[[nodiscard]] std::string_view nameOf(JobState state);
[[nodiscard]] constexpr bool isOver(JobState state) {
    return state != JobState::Waiting && state != JobState::Running && state != JobState::Preempted;
}
/// Of Slurm's own word ("PENDING", "CANCELLED by 0", "OUT_OF_MEMORY").
[[nodiscard]] JobState jobStateOf(std::string_view word);

struct JobReport {
    std::string id; ///< "17", or "17_3" of an array.
    JobState state = JobState::Unknown;
    std::string word;   ///< Slurm's.
    std::string detail; ///< Why it waits, or where it runs.
    std::string elapsed;
};

/// A cluster with Slurm, on this computer or over ssh; asks its programs. Blocks for as long as
/// they take, a minute at most. Any thread.
class Slurm {
public:
    /// `host`: as ssh takes it ("me@login.lab.org"), with keys that need no words; empty: here.
    explicit Slurm(std::string host = {});

    [[nodiscard]] const std::string& host() const { return host_; }

    /// Whether sbatch answers. Unavailable with the reason.
    [[nodiscard]] Status check() const;
    /// Hands in a script and returns the job's number. Unavailable, InvalidInput (what sbatch
    /// said).
    [[nodiscard]] Result<std::string> submit(const std::string& script) const;
    /// The jobs with these numbers, arrays job by job: those that wait or run as squeue has them,
    /// others as the accounting has them, or as the controller still knows them.
    [[nodiscard]] Result<std::vector<JobReport>> report(const std::vector<std::string>& ids) const;
    [[nodiscard]] Status cancel(const std::string& id) const;

private:
    struct Answer {
        int status = 0;
        std::string text;
    };
    [[nodiscard]] Result<Answer> ask(const std::vector<std::string>& words,
                                     const std::string& input = {}) const;
    void addFinished(const std::string& id, std::vector<JobReport>& reports) const;

    std::string host_;
};

/// Lines of `squeue --noheader --format=%i|%T|%M|%R`.
[[nodiscard]] std::vector<JobReport> parseQueue(std::string_view text);
/// Lines of `sacct --noheader --parsable2 --format=JobID,State,Elapsed,ExitCode`; steps are left
/// out.
[[nodiscard]] std::vector<JobReport> parseAccounting(std::string_view text);
/// Lines of `scontrol --oneliner show job`.
[[nodiscard]] std::vector<JobReport> parseControl(std::string_view text);

} // namespace gesture::training
