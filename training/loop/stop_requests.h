// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

namespace gesture::training {

/// What people and programs ask of a running trainer: SIGINT and SIGTERM ask it to stop (the second
/// one ends the process), and so do lines on standard input where those are wanted. One at a time
/// in a process; its questions may be asked from any thread.
class StopRequests {
public:
    enum class Input {
        Ignored,
        Lines,            ///< "stop" and "checkpoint"; the end of the input means nothing.
        LinesUntilClosed, ///< The end of the input stops, too.
    };
    explicit StopRequests(Input input);
    StopRequests(const StopRequests&) = delete;
    StopRequests& operator=(const StopRequests&) = delete;
    ~StopRequests();

    [[nodiscard]] std::stop_token token() const { return source_.get_token(); }
    /// Why to stop, as the end of "The run was stopped "; empty: go on.
    [[nodiscard]] std::string reason() const;
    /// Whether a checkpoint was asked for since the last call.
    [[nodiscard]] bool takeCheckpointRequest() { return checkpoint_.exchange(false); }

private:
    void listen(Input input);
    [[nodiscard]] bool readInput(std::string& rest, Input input);
    void stop(std::string_view reason);

    std::stop_source source_;
    mutable std::mutex mutex_;
    std::string reason_;
    std::atomic<bool> checkpoint_ = false;
    std::thread thread_;
};

} // namespace gesture::training
