// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/process.h"
#include "core/inference/engine_protocol.h"
#include "core/inference/message_stream.h"

#include <chrono>
#include <memory>
#include <optional>
#include <thread>

namespace gesture::inference {

/// Why an engine process cannot be used any more.
struct Breakdown {
    enum class Cause : std::uint8_t {
        Ended,         ///< By itself: a fault or an exit.
        Killed,        ///< By SIGKILL, often by the system when memory runs out.
        Silent,        ///< No sign of life.
        NotUnderstood, ///< It broke the protocol.
    };
    Cause cause = Cause::Ended;
    std::string what; ///< What "the engine" did: "ended (signal 11)".
};

/// One engine process and the pipes to it. Its end is the process's end. Used by one thread at a
/// time. A thread of its own starts the process and waits: the process asks to die with the thread
/// that started it, and callers' threads come and go.
class EngineConnection {
public:
    [[nodiscard]] static Result<std::unique_ptr<EngineConnection>>
    open(const Process::Command& command, std::optional<std::uint64_t> memoryLimitBytes);

    EngineConnection(const EngineConnection&) = delete;
    EngineConnection& operator=(const EngineConnection&) = delete;
    /// Kills the process if it has not ended.
    ~EngineConnection();

    [[nodiscard]] pid_t id() const { return process_.id(); }

    /// True if the process waits for a request: it has neither ended nor said anything unasked.
    [[nodiscard]] bool waits();

    /// Asks the process to quit and gives it a second.
    void quit();

    /// Writes some of the bytes, waiting for a moment at most; how many went.
    [[nodiscard]] std::variant<std::size_t, Breakdown> writeSome(std::span<const std::byte> bytes,
                                                                 std::chrono::milliseconds moment);

    /// Reads what is there, waiting for a moment at most; how many bytes came.
    [[nodiscard]] std::variant<std::size_t, Breakdown> readSome(std::chrono::milliseconds moment);

    /// The next message of those that were read; nothing when there is none yet.
    [[nodiscard]] std::variant<std::optional<EngineMessage>, Breakdown> next();

    /// The last line that the process wrote to its standard error; often empty.
    [[nodiscard]] std::string lastWords() const;

private:
    EngineConnection(std::jthread keeper, Process process)
        : keeper_(std::move(keeper))
        , process_(std::move(process)) {}
    Breakdown ended();

    std::jthread keeper_;
    Process process_;
    MessageStream stream_;
    std::vector<std::byte> block_;
};

/// One exchange with an engine: sends and receives, hands on the wish to stop, and notices when the
/// engine is gone, silent or not to be understood. Used by one thread.
class Conversation {
public:
    struct Patience {
        std::chrono::milliseconds cancelGrace;
        std::chrono::milliseconds silence;
    };

    Conversation(EngineConnection& connection, Patience patience, const JobControl& control);

    /// Sends a whole message. False when the conversation is over.
    [[nodiscard]] bool send(std::span<const std::byte> message);

    /// The next message; heartbeats are left out. Nothing when the conversation is over. When a
    /// stop is requested meanwhile, the engine is told, and has its grace to answer.
    [[nodiscard]] std::optional<EngineMessage> receive();

    /// Tells the engine to cancel, once. False when the conversation is over.
    bool cancel();
    [[nodiscard]] bool cancelled() const { return cancelSent_; }

    /// Ends the conversation: the engine sent something that does not fit.
    void misunderstand(std::string_view what);

    [[nodiscard]] bool over() const { return over_; }
    /// Why the conversation is over; nothing when it is not, or when the engine did not stop in
    /// time after it was asked to.
    [[nodiscard]] const std::optional<Breakdown>& breakdown() const { return breakdown_; }

private:
    using Clock = std::chrono::steady_clock;
    void breakDown(Breakdown breakdown);
    /// Takes note of `count` bytes that went or came. False when there is no use in waiting on.
    bool goOn(const std::variant<std::size_t, Breakdown>& count);

    EngineConnection& connection_;
    const Patience patience_;
    const JobControl& control_;
    Clock::time_point lastSign_ = Clock::now();
    std::optional<Clock::time_point> stopAsked_;
    bool cancelSent_ = false;
    bool over_ = false;
    std::optional<Breakdown> breakdown_;
};

} // namespace gesture::inference
