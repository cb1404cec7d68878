// SPDX-License-Identifier: Apache-2.0
#include "core/inference/engine_connection.h"

#include "core/base/utf8.h"

#include <condition_variable>
#include <csignal>
#include <fmt/format.h>
#include <future>
#include <mutex>
#include <sys/resource.h>

namespace gesture::inference {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t kBlockBytes = std::size_t{1} << 18;
constexpr std::size_t kMaxWords = 300;
constexpr milliseconds kGlance{1};
/// How often the wish to stop is looked at.
constexpr milliseconds kMoment{20};
constexpr milliseconds kEndTime{1000};
constexpr int kSignalBase = 128; ///< Of Process::wait.

/// Starts a process from a thread that lives until it is asked to stop.
struct Keeper {
    std::jthread thread;
    Result<Process> process;
};

Keeper startKept(Process::Command command) {
    std::promise<Result<Process>> promise;
    auto started = promise.get_future();
    std::jthread thread([promise = std::move(promise),
                         command = std::move(command)](const std::stop_token& stop) mutable {
        promise.set_value(Process::start(command, Process::Output::Streamed));
        std::mutex mutex;
        std::condition_variable_any never;
        std::unique_lock lock(mutex);
        never.wait(lock, stop, [] { return false; });
    });
    auto process = started.get();
    return {std::move(thread), std::move(process)};
}

} // namespace

// --- Connection -------------------------------------------------------------------------------

Result<std::unique_ptr<EngineConnection>>
EngineConnection::open(const Process::Command& command,
                       std::optional<std::uint64_t> memoryLimitBytes) {
    Keeper keeper = startKept(command);
    if (!keeper.process) return std::move(keeper.process).error();
    if (memoryLimitBytes) {
        const rlimit limit{*memoryLimitBytes, *memoryLimitBytes};
        if (::prlimit(keeper.process->id(), RLIMIT_DATA, &limit, nullptr) != 0)
            return Error{ErrorCode::Io, "The engine's memory cannot be limited."};
    }
    return std::unique_ptr<EngineConnection>(
        new EngineConnection(std::move(keeper.thread), *std::move(keeper.process)));
}

EngineConnection::~EngineConnection() { process_.terminate(milliseconds(0)); }

bool EngineConnection::waits() {
    const auto count = readSome(kGlance);
    const auto* bytes = std::get_if<std::size_t>(&count);
    return bytes != nullptr && *bytes == 0 && stream_.atBoundary();
}

void EngineConnection::quit() {
    const auto message = encode(ClientMessage(Quit()));
    if (!message || !std::holds_alternative<std::size_t>(writeSome(*message, kEndTime))) return;
    process_.closeInput();
    // Whether it ends in time or not, the destructor finds out.
    static_cast<void>(process_.wait(kEndTime).ok());
}

Breakdown EngineConnection::ended() {
    const auto status = process_.wait(kEndTime);
    if (!status) return {Breakdown::Cause::Ended, "closed its output"};
    if (*status == kSignalBase + SIGKILL)
        return {Breakdown::Cause::Killed, "was killed (signal 9)"};
    if (*status > kSignalBase)
        return {Breakdown::Cause::Ended, fmt::format("ended (signal {})", *status - kSignalBase)};
    return {Breakdown::Cause::Ended, fmt::format("ended (status {})", *status)};
}

std::variant<std::size_t, Breakdown> EngineConnection::writeSome(std::span<const std::byte> bytes,
                                                                 milliseconds moment) {
    const auto written = process_.writeSome(bytes, moment);
    if (written) return *written;
    if (written.error().code() == ErrorCode::Unavailable) return std::size_t{0};
    return ended();
}

std::variant<std::size_t, Breakdown> EngineConnection::readSome(milliseconds moment) {
    block_.resize(kBlockBytes);
    const auto count = process_.read(block_, moment);
    if (!count && count.error().code() == ErrorCode::Unavailable) return std::size_t{0};
    if (!count || *count == 0) return ended();
    stream_.append(std::span(block_).first(*count));
    return *count;
}

std::variant<std::optional<EngineMessage>, Breakdown> EngineConnection::next() {
    const auto misunderstood = [](const Error& error) {
        return Breakdown{Breakdown::Cause::NotUnderstood,
                         fmt::format("sent something that this program cannot read ({})",
                                     shownText(error.message(), kMaxWords))};
    };
    const auto bytes = stream_.next();
    if (!bytes) return misunderstood(bytes.error());
    if (!*bytes) return std::optional<EngineMessage>();
    auto message = decodeEngineMessage(**bytes);
    if (!message) return misunderstood(message.error());
    return std::optional<EngineMessage>(std::move(*message));
}

std::string EngineConnection::lastWords() const {
    std::string_view words = process_.output();
    while (!words.empty() && (words.back() == '\n' || words.back() == ' '))
        words.remove_suffix(1);
    const std::size_t line = words.rfind('\n');
    if (line != std::string_view::npos) words.remove_prefix(line + 1);
    return shownText(words, kMaxWords);
}

// --- Conversation -----------------------------------------------------------------------------

Conversation::Conversation(EngineConnection& connection, Patience patience,
                           const JobControl& control)
    : connection_(connection)
    , patience_(patience)
    , control_(control) {}

void Conversation::breakDown(Breakdown breakdown) {
    breakdown_ = std::move(breakdown);
    over_ = true;
}

bool Conversation::goOn(const std::variant<std::size_t, Breakdown>& count) {
    if (const auto* breakdown = std::get_if<Breakdown>(&count)) {
        breakDown(*breakdown);
        return false;
    }
    const auto now = Clock::now();
    if (*std::get_if<std::size_t>(&count) > 0) lastSign_ = now;
    if (control_.stopRequested() && !stopAsked_) stopAsked_ = now;
    const bool ignored = stopAsked_ && now - *stopAsked_ > patience_.cancelGrace;
    const auto silentFor = now - lastSign_;
    if (!ignored && silentFor <= patience_.silence) return true;
    if (ignored) return over_ = true, false;
    breakDown({Breakdown::Cause::Silent,
               fmt::format("gave no sign of life for {:g} s and was stopped",
                           std::chrono::duration<double>(patience_.silence).count())});
    return false;
}

bool Conversation::send(std::span<const std::byte> message) {
    while (!message.empty()) {
        const auto count = connection_.writeSome(message, kMoment);
        if (!goOn(count)) return false;
        message = message.subspan(*std::get_if<std::size_t>(&count));
    }
    return true;
}

bool Conversation::cancel() {
    if (cancelSent_) return true;
    cancelSent_ = true;
    const auto message = encode(ClientMessage(Cancel()));
    return message.ok() && send(*message);
}

std::optional<EngineMessage> Conversation::receive() {
    while (true) {
        if (control_.stopRequested() && !cancel()) return std::nullopt;
        auto next = connection_.next();
        if (const auto* breakdown = std::get_if<Breakdown>(&next)) {
            breakDown(*breakdown);
            return std::nullopt;
        }
        auto& message = *std::get_if<std::optional<EngineMessage>>(&next);
        if (!message) {
            if (!goOn(connection_.readSome(kMoment))) return std::nullopt;
        } else if (!std::holds_alternative<Heartbeat>(*message)) {
            return std::move(message);
        }
    }
}

void Conversation::misunderstand(std::string_view what) {
    breakDown({Breakdown::Cause::NotUnderstood, std::string(what)});
}

} // namespace gesture::inference
