// SPDX-License-Identifier: Apache-2.0
#include "training/loop/stop_requests.h"

#include "training/protocol/training_event.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace gesture::training {

namespace {

constexpr char kEndMark = 'e'; ///< The object goes; every other byte is a signal's.
constexpr std::size_t kMaxInputLine = 4096;

std::array<int, 2> wakePipe{-1, -1};

// A handler may only do what is safe in a signal: it wakes the thread.
extern "C" void onStopSignal(int number) {
    const char mark = number == SIGINT ? 'i' : 't';
    if (::write(wakePipe[1], &mark, 1) < 0) std::_Exit(128 + number);
    std::signal(number, SIG_DFL);
}

} // namespace

StopRequests::StopRequests(Input input) {
    if (::pipe2(wakePipe.data(), O_CLOEXEC) != 0) return;
    thread_ = std::thread([this, input] { listen(input); });
    std::signal(SIGINT, onStopSignal);
    std::signal(SIGTERM, onStopSignal);
}

StopRequests::~StopRequests() {
    if (!thread_.joinable()) return;
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    while (::write(wakePipe[1], &kEndMark, 1) < 0 && errno == EINTR) {
    }
    thread_.join();
    for (int& end : wakePipe)
        ::close(std::exchange(end, -1));
}

std::string StopRequests::reason() const {
    const std::lock_guard lock(mutex_);
    return reason_;
}

void StopRequests::stop(std::string_view reason) {
    {
        const std::lock_guard lock(mutex_);
        if (reason_.empty()) reason_ = reason;
    }
    source_.request_stop();
}

bool StopRequests::readInput(std::string& rest, Input input) {
    std::array<char, 1024> block{};
    const ssize_t count = ::read(STDIN_FILENO, block.data(), block.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return true;
    if (count <= 0) {
        if (input == Input::LinesUntilClosed) stop("because its input was closed");
        return false;
    }
    rest.append(block.data(), static_cast<std::size_t>(count));
    for (std::size_t end = rest.find('\n'); end != std::string::npos; end = rest.find('\n')) {
        const std::string_view line = std::string_view(rest).substr(0, end);
        if (line == kStopLine) stop("by a line on its input");
        if (line == kCheckpointLine) checkpoint_ = true;
        rest.erase(0, end + 1);
    }
    if (rest.size() > kMaxInputLine) rest.clear();
    return true;
}

void StopRequests::listen(Input input) {
    std::string rest;
    bool reading = input != Input::Ignored;
    while (true) {
        std::array<pollfd, 2> files{pollfd{wakePipe[0], POLLIN, 0},
                                    pollfd{reading ? STDIN_FILENO : -1, POLLIN, 0}};
        if (::poll(files.data(), files.size(), -1) < 0 && errno != EINTR) return;
        if (files[0].revents != 0) {
            char mark = kEndMark;
            if (::read(wakePipe[0], &mark, 1) != 1 || mark == kEndMark) return;
            stop(mark == 'i' ? "by an interrupt (Ctrl+C)" : "by a signal to terminate");
        }
        if (files[1].revents != 0) reading = readInput(rest, input);
    }
}

} // namespace gesture::training
