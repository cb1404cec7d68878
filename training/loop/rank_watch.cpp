// SPDX-License-Identifier: Apache-2.0
#include "training/loop/rank_watch.h"

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace gesture::training {

namespace {

using WatchClock = std::chrono::steady_clock;

/// Added to a rank's count when it ends well.
constexpr std::int64_t kFarewell = std::int64_t{1} << 40;

std::string lifeKey(int rank) { return std::to_string(rank); }

[[noreturn]] void endProcess(const std::string& why) {
    fmt::print(stderr,
               "gesture-train: {} Start all ranks again: training goes on from the last "
               "checkpoint.\n",
               why);
    std::fflush(nullptr);
    std::_Exit(1);
}

/// Waits; false when a stop was asked for.
bool pause(const std::stop_token& stop, std::chrono::milliseconds time) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

struct LastSign {
    std::int64_t count = 0;
    WatchClock::time_point when = WatchClock::now();
};

} // namespace

RankWatch::RankWatch(Add add, int rank, int ranks, std::chrono::milliseconds silence)
    : add_(std::move(add))
    , rank_(rank)
    , ranks_(ranks)
    , silence_(silence)
    , lastTurn_(WatchClock::now().time_since_epoch().count()) {
    add_(lifeKey(rank_), 1); // when all have met, each has given a sign
    thread_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
    guard_ = std::jthread([this](const std::stop_token& stop) { guard(stop); });
}

RankWatch::~RankWatch() {
    thread_.request_stop();
    thread_.join();
    guard_.request_stop();
    guard_.join();
    try {
        add_(lifeKey(rank_), kFarewell);
    } catch (const std::exception&) {
        return; // rank 0, which keeps the store, ended first: nobody reads it any more
    }
}

void RankWatch::watch(const std::stop_token& stop) {
    std::vector<LastSign> signs(static_cast<std::size_t>(ranks_));
    while (pause(stop, silence_ / 8)) {
        lastTurn_ = WatchClock::now().time_since_epoch().count();
        try {
            add_(lifeKey(rank_), 1);
            for (int other = 0; other < ranks_; ++other) {
                LastSign& sign = signs[static_cast<std::size_t>(other)];
                const std::int64_t count = other == rank_ ? 0 : add_(lifeKey(other), 0);
                // One that has never been seen may still be starting.
                const bool alive =
                    other == rank_ || count == 0 || count != sign.count || count >= kFarewell;
                if (alive) sign = {count, WatchClock::now()};
                if (WatchClock::now() - sign.when > silence_)
                    endProcess(
                        fmt::format("Rank {} hears nothing from rank {} any more.", rank_, other));
            }
        } catch (const std::exception&) {
            if (stop.stop_requested()) return;
            endProcess(
                fmt::format("Rank {} lost the ranks' common store: rank 0 has ended.", rank_));
        }
    }
}

void RankWatch::guard(const std::stop_token& stop) {
    while (pause(stop, silence_ / 8)) {
        const WatchClock::time_point last(WatchClock::duration(lastTurn_.load()));
        if (WatchClock::now() - last > silence_ * 5 / 4)
            endProcess(fmt::format("Rank {} gets no answer from the ranks' common store.", rank_));
    }
}

} // namespace gesture::training
