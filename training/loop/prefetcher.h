// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/loop/batch.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace gesture::training {

/// Gets batches ahead of their use by a thread of its own. `next` is called by one thread; the
/// source outlives the prefetcher.
class Prefetcher {
public:
    struct Range {
        std::int64_t begin = 0;
        std::int64_t end = 0;
        RankShare share;
        std::size_t ahead = 3; ///< Batches that are kept ready.
    };
    Prefetcher(const BatchSource& source, const Range& range);
    Prefetcher(const Prefetcher&) = delete;
    Prefetcher& operator=(const Prefetcher&) = delete;

    /// The batch of the next step of the range; waits for it. The source's error, again and again.
    [[nodiscard]] Result<Batch> next();
    /// Seconds spent in `next` so far.
    [[nodiscard]] double secondsWaited() const { return waited_; }

private:
    void work(const std::stop_token& stop);

    const BatchSource& source_;
    Range range_;
    double waited_ = 0.0;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Result<Batch>> ready_;
    std::jthread thread_; ///< Last: it uses all of the above.
};

} // namespace gesture::training
