// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace gesture {

/// How far a long job is. `secondsLeft` is absent until it can be estimated.
struct Progress {
    std::string stage; ///< What is being done, in words: "Rendering frames".
    std::int64_t done = 0;
    std::int64_t total = 0; ///< 0 when unknown.
    std::optional<double> secondsLeft;

    bool operator==(const Progress&) const = default;
};

/// What a job that can outlast 50 ms is given: it asks `stopRequested` each turn and reports
/// progress. Created by whoever starts the job, used by the one thread that runs it; the callback
/// is called on that thread, at most 30 times a second and once at the end of each stage.
class JobControl {
public:
    using Callback = std::function<void(const Progress&)>;

    /// No progress wanted, never stopped.
    JobControl() = default;
    JobControl(std::stop_token stop, Callback callback);

    [[nodiscard]] bool stopRequested() const { return stop_.stop_requested(); }
    [[nodiscard]] const std::stop_token& stopToken() const { return stop_; }

    /// An Error with code Cancelled, for `return control.cancelled("Rendering")`.
    [[nodiscard]] static Error cancelled(std::string_view what);

    /// Starts a stage of `total` steps (0: unknown) and reports it.
    void beginStage(std::string stage, std::int64_t total);
    /// Reports that `done` steps of the stage are finished.
    void advanceTo(std::int64_t done);
    /// Hands on what another process says of the work, with its own estimate of the time left.
    void relay(Progress progress);

private:
    using Clock = std::chrono::steady_clock;
    void report(bool force);
    void publish(bool force);

    std::stop_token stop_;
    Callback callback_;
    Progress progress_;
    Clock::time_point stageStart_{};
    Clock::time_point lastReport_{};
};

} // namespace gesture
