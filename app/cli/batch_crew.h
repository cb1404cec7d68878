// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/inference/engine_service.h"
#include "core/inference/take.h"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

namespace gesture::app {

/// What became of a clip, before its files are written.
struct ClipOutcome {
    bool skipped = false; ///< Its files are there already.
    inference::Take take; ///< Nothing when it was skipped.
    inference::GenerateRequest request;
    inference::RequestSummary summary;
};

/// Several engines that take the next clip each as soon as they are free. Created and asked by one
/// thread; each engine has a thread and a process of its own.
class BatchCrew {
public:
    struct Made {
        std::size_t clip = 0;
        Result<ClipOutcome> outcome;
    };
    /// Makes the clip with this index; called on the engines' threads.
    using Make = std::function<Result<ClipOutcome>(
        std::size_t clip, inference::EngineService& engine, JobControl& control)>;

    /// Starts `engines` threads on clips 0 to `clips` - 1. When `stop` asks, those in work are
    /// broken off and no other is begun.
    BatchCrew(Make make, std::size_t clips, int engines, const std::stop_token& stop);
    BatchCrew(const BatchCrew&) = delete;
    BatchCrew& operator=(const BatchCrew&) = delete;
    /// Breaks off what is in work.
    ~BatchCrew();

    /// The next clip that is finished, in no order; waits for it. Nothing when all have been
    /// returned, or once the engines have stopped.
    [[nodiscard]] std::optional<Made> next();

private:
    void work(const std::stop_token& stop);
    [[nodiscard]] std::optional<std::size_t> takeClip(const std::stop_token& stop);
    void hand(Made made, const std::stop_token& stop);

    const Make make_;
    const std::size_t clips_;
    const std::size_t room_; ///< Finished clips that may wait; then engines do.
    std::stop_source stop_;
    std::stop_callback<std::function<void()>> stopWithCaller_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Made> finished_;
    std::size_t nextClip_ = 0;
    int working_ = 0;
    std::vector<std::jthread> threads_;
};

} // namespace gesture::app
