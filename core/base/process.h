// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <sys/types.h>
#include <vector>

namespace gesture {

/// A child process with a pipe to its standard input and one from its standard output and error
/// together; or, streamed, with its standard output apart. Owns the child: the destructor
/// terminates it, and kills it when it does not end. Used by one thread at a time.
class Process {
public:
    struct Command {
        std::filesystem::path program;
        std::vector<std::string> arguments;
        /// Open descriptors of this process that the child gets as 3, 4, …
        std::vector<int> descriptors = {};
    };

    enum class Output {
        Collected, ///< Standard output and error together come in `output`.
        Streamed,  ///< Standard output comes by `read`, and `output` holds standard error alone.
    };

    /// Starts the program. Unavailable if it cannot be executed.
    [[nodiscard]] static Result<Process> start(const Command& command,
                                               Output output = Output::Collected);

    Process(Process&& other) noexcept;
    Process& operator=(Process&& other) noexcept;
    ~Process();

    [[nodiscard]] pid_t id() const { return id_; }

    /// Writes all bytes to the child's input, collecting its output meanwhile so that neither side
    /// can block the other for good. Io when the child closed its input.
    [[nodiscard]] Status write(std::span<const std::byte> bytes);

    /// Writes as much as the child's pipe takes at once and returns how many bytes that were.
    /// Unavailable when it took none before the time limit (zero: wait for ever), Io when the child
    /// closed its input.
    [[nodiscard]] Result<std::size_t> writeSome(std::span<const std::byte> bytes,
                                                std::chrono::milliseconds timeout);

    /// Streamed output only: waits for bytes and returns how many came, 0 at the end of the stream.
    /// Unavailable when none came before the time limit (zero: wait for ever).
    [[nodiscard]] Result<std::size_t> read(std::span<std::byte> out,
                                           std::chrono::milliseconds timeout = {});

    /// Closes the child's input: it sees the end of the stream.
    void closeInput();

    /// Waits for the end and returns the exit status (128 + signal when it was killed).
    /// Error with code Unavailable after `timeout` (zero: wait for ever); the child then runs on.
    [[nodiscard]] Result<int> wait(std::chrono::milliseconds timeout = {});

    /// Asks the child to end (SIGTERM), then kills it after `grace`. No-op when it has ended.
    void terminate(std::chrono::milliseconds grace = std::chrono::milliseconds(1000));

    /// What the child has printed so far; at most the last 1 MiB.
    [[nodiscard]] const std::string& output() const { return output_; }

private:
    Process(pid_t id, int input, int output, int stream)
        : id_(id)
        , input_(input)
        , outputPipe_(output)
        , streamPipe_(stream) {}
    void readAvailable();
    bool reap(bool block);
    void release() noexcept;

    pid_t id_ = -1;
    int input_ = -1;
    int outputPipe_ = -1;
    int streamPipe_ = -1;
    int status_ = 0;
    bool ended_ = false;
    std::string output_;
};

/// Runs a program to its end with empty input. Unavailable when it cannot start or exceeds the
/// time limit (then it is killed).
struct ProgramOutput {
    int exitStatus = 0;
    std::string text;
};
[[nodiscard]] Result<ProgramOutput> runProgram(const Process::Command& command,
                                               std::chrono::milliseconds timeout);

} // namespace gesture
