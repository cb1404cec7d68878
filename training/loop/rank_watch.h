// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace gesture::training {

/// Threads that watch the group: one leaves signs of life of this rank in a store and
/// looks for those of the others; one sees that the first is not held up by the store itself. When
/// a rank or the store falls silent, they end this process with exit status 1 and a sentence on
/// standard error. The store belongs to them alone.
class RankWatch {
public:
    /// Adds to a number that all ranks share by its key (0 at first) and returns the sum; throws
    /// when the store is gone.
    using Add = std::function<std::int64_t(const std::string& key, std::int64_t amount)>;
    RankWatch(Add add, int rank, int ranks, std::chrono::milliseconds silence);
    RankWatch(const RankWatch&) = delete;
    RankWatch& operator=(const RankWatch&) = delete;
    /// Says that this rank has ended well: the others stop watching it.
    ~RankWatch();

private:
    void watch(const std::stop_token& stop);
    void guard(const std::stop_token& stop);

    Add add_;
    int rank_;
    int ranks_;
    std::chrono::milliseconds silence_;
    std::atomic<std::chrono::steady_clock::rep> lastTurn_; ///< When the store answered last.
    std::jthread thread_;
    std::jthread guard_;
};

} // namespace gesture::training
