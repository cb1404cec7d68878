// SPDX-License-Identifier: Apache-2.0
#include "core/base/executor.h"

#include "core/base/assert.h"

#include <utility>

namespace gesture {

ThreadPoolExecutor::ThreadPoolExecutor(unsigned threads) {
    GESTURE_ASSERT(threads > 0);
    threads_.reserve(threads);
    for (unsigned i = 0; i < threads; ++i)
        threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

ThreadPoolExecutor::~ThreadPoolExecutor() {
    for (std::jthread& thread : threads_)
        thread.request_stop();
    threads_.clear();
}

void ThreadPoolExecutor::post(Task task) {
    {
        const std::scoped_lock lock(mutex_);
        queue_.push_back(std::move(task));
    }
    wake_.notify_one();
}

void ThreadPoolExecutor::work(const std::stop_token& stop) {
    while (true) {
        Task task;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, stop, [this] { return !queue_.empty(); });
            if (stop.stop_requested()) return;
            task = std::move(queue_.front());
            queue_.pop_front();
        }
        task(stop);
    }
}

} // namespace gesture
