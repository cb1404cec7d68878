// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/csrc/distributed/c10d/Store.hpp>

#include <atomic>
#include <chrono>
#include <thread>

namespace gesture::training {

/// Threads that watch the group: one leaves signs of life of this rank in a store and
/// looks for those of the others; one sees that the first is not held up by the store itself. When
/// a rank or the store falls silent, they end this process with exit status 1 and a sentence on
/// standard error. The store belongs to them alone.
class RankWatch {
public:
    RankWatch(c10::intrusive_ptr<c10d::Store> store, int rank, int ranks,
              std::chrono::milliseconds silence);
    RankWatch(const RankWatch&) = delete;
    RankWatch& operator=(const RankWatch&) = delete;
    /// Says that this rank has ended well: the others stop watching it.
    ~RankWatch();

private:
    void watch(const std::stop_token& stop);
    void guard(const std::stop_token& stop);

    c10::intrusive_ptr<c10d::Store> store_;
    int rank_;
    int ranks_;
    std::chrono::milliseconds silence_;
    std::atomic<std::chrono::steady_clock::rep> lastTurn_; ///< When the store answered last.
    std::jthread thread_;
    std::jthread guard_;
};

} // namespace gesture::training
