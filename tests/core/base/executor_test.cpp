// SPDX-License-Identifier: Apache-2.0
#include "core/base/executor.h"

#include <atomic>
#include <future>
#include <gtest/gtest.h>
#include <mutex>
#include <vector>

namespace gesture {
namespace {

/// The same contract for every executor: what is posted runs, and tasks of one poster on a single
/// worker run in order.
template <typename Make>
void runsEverythingInOrder(Make make) {
    std::mutex mutex;
    std::vector<int> order;
    std::promise<void> last;
    auto executor = make();
    constexpr int kTasks = 100;
    for (int i = 0; i < kTasks; ++i)
        executor->post([&, i](std::stop_token) {
            const std::scoped_lock lock(mutex);
            order.push_back(i);
            if (i == kTasks - 1) last.set_value();
        });
    last.get_future().wait();
    ASSERT_EQ(order.size(), static_cast<std::size_t>(kTasks));
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST(InlineExecutor, RunsEverythingInOrder) {
    runsEverythingInOrder([] { return std::make_unique<InlineExecutor>(); });
}

TEST(ThreadPoolExecutor, OneWorkerRunsEverythingInOrder) {
    runsEverythingInOrder([] { return std::make_unique<ThreadPoolExecutor>(1); });
}

TEST(ThreadPoolExecutor, ManyPostersAndWorkersLoseNothing) {
    std::atomic<int> count = 0;
    std::promise<void> done;
    constexpr int kPosters = 4;
    constexpr int kEach = 500;
    {
        ThreadPoolExecutor executor(3);
        std::vector<std::jthread> posters;
        for (int p = 0; p < kPosters; ++p)
            posters.emplace_back([&] {
                for (int i = 0; i < kEach; ++i)
                    executor.post([&](std::stop_token) {
                        if (++count == kPosters * kEach) done.set_value();
                    });
            });
        done.get_future().wait();
    }
    EXPECT_EQ(count, kPosters * kEach);
}

TEST(ThreadPoolExecutor, DestructionStopsARunningTask) {
    std::promise<void> started;
    std::atomic<bool> sawStop = false;
    {
        ThreadPoolExecutor executor(1);
        executor.post([&](const std::stop_token& stop) {
            started.set_value();
            while (!stop.stop_requested())
                std::this_thread::yield();
            sawStop = true;
        });
        started.get_future().wait();
    }
    EXPECT_TRUE(sawStop);
}

} // namespace
} // namespace gesture
