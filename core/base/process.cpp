// SPDX-License-Identifier: Apache-2.0
#include "core/base/process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

extern char** environ;

namespace gesture {

namespace {

constexpr std::size_t kMaxOutput = 1U << 20;
constexpr std::chrono::milliseconds kPollInterval{10};
/// Number of the first descriptor that a child gets beside the standard ones.
constexpr int kFirstGiven = 3;

struct Pipe {
    int read = -1;
    int write = -1;

    Pipe() = default;
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        if (read >= 0) ::close(read);
        if (write >= 0) ::close(write);
    }
    bool open() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
        read = ends[0];
        write = ends[1];
        return true;
    }
};

/// Copies of descriptors with numbers above those that a child gets, so that giving them their new
/// numbers in turn overwrites none of them.
struct HighCopies {
    std::vector<int> numbers;

    HighCopies() = default;
    HighCopies(const HighCopies&) = delete;
    HighCopies& operator=(const HighCopies&) = delete;
    ~HighCopies() {
        for (const int number : numbers)
            ::close(number);
    }
    bool add(std::span<const int> descriptors) {
        const int above = kFirstGiven + static_cast<int>(descriptors.size());
        for (const int descriptor : descriptors) {
            const int copy = ::fcntl(descriptor, F_DUPFD_CLOEXEC, above);
            if (copy < 0) return false;
            numbers.push_back(copy);
        }
        return true;
    }
};

/// posix_spawn_file_actions_t and posix_spawnattr_t that destroy themselves.
struct SpawnSettings {
    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};

    SpawnSettings(int input, int output, int errors, std::span<const int> given) {
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
        for (std::size_t i = 0; i < given.size(); ++i)
            posix_spawn_file_actions_adddup2(&actions, given[i], kFirstGiven + static_cast<int>(i));
        posix_spawnattr_init(&attributes);
        // Ctrl+C in a terminal reaches this program only; it then ends its children in order.
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
                                                  POSIX_SPAWN_SETSIGMASK);
        posix_spawnattr_setpgroup(&attributes, 0);
        sigset_t signals;
        sigemptyset(&signals);
        posix_spawnattr_setsigmask(&attributes, &signals);
        sigaddset(&signals, SIGPIPE);
        sigaddset(&signals, SIGINT);
        sigaddset(&signals, SIGTERM);
        posix_spawnattr_setsigdefault(&attributes, &signals);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
    ~SpawnSettings() {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
};

/// Writing to a child that has ended must be an error, not the end of this program.
void ignoreBrokenPipes() {
    struct sigaction current {};
    if (::sigaction(SIGPIPE, nullptr, &current) == 0 && current.sa_handler == SIG_DFL)
        ::signal(SIGPIPE, SIG_IGN);
}

void setNonBlocking(int descriptor) {
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

Result<pid_t> spawn(const Process::Command& command, const SpawnSettings& settings) {
    std::string program = command.program.string();
    std::vector<std::string> texts = command.arguments;
    std::vector<char*> arguments{program.data()};
    for (std::string& text : texts)
        arguments.push_back(text.data());
    arguments.push_back(nullptr);
    pid_t id = -1;
    const int failed = ::posix_spawnp(&id, program.c_str(), &settings.actions, &settings.attributes,
                                      arguments.data(), environ);
    if (failed != 0)
        return Error{ErrorCode::Unavailable,
                     "Cannot start '" + program + "': " + std::strerror(failed) + "."};
    return id;
}

} // namespace

Result<Process> Process::start(const Command& command, Output kind) {
    ignoreBrokenPipes();
    Pipe input;
    Pipe output;
    Pipe stream;
    const bool streamed = kind == Output::Streamed;
    if (!input.open() || !output.open() || (streamed && !stream.open()))
        return Error{ErrorCode::Io,
                     std::string("Cannot make a pipe: ") + std::strerror(errno) + "."};
    HighCopies given;
    if (!given.add(command.descriptors))
        return Error{ErrorCode::Io,
                     std::string("Cannot pass on a file: ") + std::strerror(errno) + "."};
    const SpawnSettings settings(input.read, streamed ? stream.write : output.write, output.write,
                                 given.numbers);
    const auto id = spawn(command, settings);
    if (!id) return Error(id.error());
    setNonBlocking(input.write);
    setNonBlocking(output.read);
    if (streamed) setNonBlocking(stream.read);
    return Process(*id, std::exchange(input.write, -1), std::exchange(output.read, -1),
                   std::exchange(stream.read, -1));
}

Process::Process(Process&& other) noexcept
    : id_(std::exchange(other.id_, -1))
    , input_(std::exchange(other.input_, -1))
    , outputPipe_(std::exchange(other.outputPipe_, -1))
    , streamPipe_(std::exchange(other.streamPipe_, -1))
    , status_(other.status_)
    , ended_(other.ended_)
    , output_(std::move(other.output_)) {}

Process& Process::operator=(Process&& other) noexcept {
    if (this != &other) {
        release();
        id_ = std::exchange(other.id_, -1);
        input_ = std::exchange(other.input_, -1);
        outputPipe_ = std::exchange(other.outputPipe_, -1);
        streamPipe_ = std::exchange(other.streamPipe_, -1);
        status_ = other.status_;
        ended_ = other.ended_;
        output_ = std::move(other.output_);
    }
    return *this;
}

Process::~Process() { release(); }

void Process::release() noexcept {
    if (id_ > 0) terminate();
    closeInput();
    for (int* pipe : {&outputPipe_, &streamPipe_})
        if (*pipe >= 0) ::close(std::exchange(*pipe, -1));
}

void Process::closeInput() {
    if (input_ >= 0) ::close(std::exchange(input_, -1));
}

void Process::readAvailable() {
    std::array<char, 1 << 14> block{};
    while (outputPipe_ >= 0) {
        const ssize_t count = ::read(outputPipe_, block.data(), block.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return; // nothing there now
        if (count == 0) {
            ::close(std::exchange(outputPipe_, -1));
            return;
        }
        output_.append(block.data(), static_cast<std::size_t>(count));
        if (output_.size() > kMaxOutput) output_.erase(0, output_.size() - kMaxOutput);
    }
}

Status Process::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const auto written = writeSome(bytes, {});
        if (!written) return written.error();
        bytes = bytes.subspan(*written);
    }
    return Status::success();
}

Result<std::size_t> Process::writeSome(std::span<const std::byte> bytes,
                                       std::chrono::milliseconds timeout) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    while (input_ >= 0) {
        std::array<pollfd, 2> waits{pollfd{input_, POLLOUT, 0}, pollfd{outputPipe_, POLLIN, 0}};
        const int left = static_cast<int>(
            std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::milliseconds>(
                                          deadline - std::chrono::steady_clock::now())
                                          .count()));
        const int ready = ::poll(waits.data(), waits.size(), timeout.count() > 0 ? left : -1);
        if (ready < 0 && errno != EINTR)
            return Error{ErrorCode::Io, std::string("Cannot wait: ") + std::strerror(errno) + "."};
        readAvailable();
        if (ready < 0 || waits[0].revents == 0) {
            if (timeout.count() == 0 || left > 0) continue;
            return Error{ErrorCode::Unavailable, "The program does not read its input."};
        }
        const ssize_t written = ::write(input_, bytes.data(), bytes.size());
        if (written >= 0) return static_cast<std::size_t>(written);
        if (errno == EAGAIN || errno == EINTR) continue;
        closeInput();
        return Error{ErrorCode::Io, "The program stopped reading its input."};
    }
    return Error{ErrorCode::Io, "The program has ended."};
}

Result<std::size_t> Process::read(std::span<std::byte> out, std::chrono::milliseconds timeout) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    while (streamPipe_ >= 0 && !out.empty()) {
        const ssize_t count = ::read(streamPipe_, out.data(), out.size());
        if (count > 0) return static_cast<std::size_t>(count);
        if (count == 0) break;
        if (errno != EAGAIN && errno != EINTR)
            return Error{ErrorCode::Io, std::string("Cannot read: ") + std::strerror(errno) + "."};
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (timeout.count() > 0 && left.count() <= 0)
            return Error{ErrorCode::Unavailable, "The program did not answer in time."};
        // A closed pipe of errors has the descriptor -1, which poll passes over.
        std::array<pollfd, 2> waits{pollfd{streamPipe_, POLLIN, 0}, pollfd{outputPipe_, POLLIN, 0}};
        ::poll(waits.data(), waits.size(),
               timeout.count() > 0 ? static_cast<int>(left.count()) : -1);
        readAvailable();
    }
    return std::size_t{0};
}

bool Process::reap(bool block) {
    if (ended_ || id_ <= 0) return true;
    int status = 0;
    pid_t done = 0;
    do {
        done = ::waitpid(id_, &status, block ? 0 : WNOHANG);
    } while (done < 0 && errno == EINTR);
    if (done == 0) return false;
    ended_ = true;
    if (done > 0) status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return true;
}

Result<int> Process::wait(std::chrono::milliseconds timeout) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    while (!reap(false)) {
        if (timeout.count() > 0 && std::chrono::steady_clock::now() >= deadline)
            return Error{ErrorCode::Unavailable, "The program did not end in time."};
        pollfd wait{outputPipe_, POLLIN, 0};
        const int slice = static_cast<int>(kPollInterval.count());
        if (::poll(&wait, 1, slice) > 0) readAvailable();
    }
    readAvailable();
    return status_;
}

void Process::terminate(std::chrono::milliseconds grace) {
    closeInput();
    // A child that is blocked while it writes learns that nobody reads any more.
    if (streamPipe_ >= 0) ::close(std::exchange(streamPipe_, -1));
    if (reap(false)) return;
    ::kill(id_, SIGTERM);
    if (grace.count() > 0 && wait(grace).ok()) return;
    if (reap(false)) return;
    ::kill(id_, SIGKILL);
    reap(true);
}

Result<ProgramOutput> runProgram(const Process::Command& command,
                                 std::chrono::milliseconds timeout) {
    auto process = Process::start(command);
    if (!process) return std::move(process).error();
    process->closeInput();
    const auto status = process->wait(timeout);
    if (!status) {
        process->terminate(std::chrono::milliseconds(200));
        return Error{ErrorCode::Unavailable,
                     "'" + command.program.string() + "' did not end in time and was stopped."};
    }
    return ProgramOutput{*status, process->output()};
}

} // namespace gesture
