// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace gesture {

/// Runs tasks that were posted to it. Tasks get a stop token that is set when the executor shuts
/// down. `post` may be called from any thread.
class Executor {
public:
    using Task = std::function<void(std::stop_token)>;

    Executor() = default;
    Executor(const Executor&) = delete;
    Executor& operator=(const Executor&) = delete;
    virtual ~Executor() = default;

    virtual void post(Task task) = 0;
};

/// Runs each task inside `post`, on the caller's thread. For tests and for command line tools.
class InlineExecutor final : public Executor {
public:
    void post(Task task) override { task(std::stop_token{}); }
};

/// A fixed number of worker threads over one first-in first-out queue. The destructor requests
/// stop, drops tasks that have not begun, and waits for those that have.
class ThreadPoolExecutor final : public Executor {
public:
    explicit ThreadPoolExecutor(unsigned threads);
    ~ThreadPoolExecutor() override;

    void post(Task task) override;

private:
    void work(const std::stop_token& stop);

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<Task> queue_;
    std::vector<std::jthread> threads_;
};

} // namespace gesture
