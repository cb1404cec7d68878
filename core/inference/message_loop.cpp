// SPDX-License-Identifier: Apache-2.0
#include "core/inference/message_loop.h"

#include "core/inference/engine_protocol.h"
#include "core/inference/message_output.h"
#include "core/inference/message_stream.h"

#include <array>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <mutex>
#include <new>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

namespace gesture::inference {

namespace {

/// What a service gets to stop in after the other side has gone.
constexpr std::chrono::seconds kGrace{2};
constexpr std::size_t kBlockBytes = std::size_t{1} << 18;

using Work =
    std::variant<GenerateRequest, AnalyseRequest, EditRequest, FeaturesRequest, AskStatistics>;

struct Job {
    Work work;
    std::stop_source stop;
};

/// Adds what the system knows of this process.
void addMemory(EngineStatistics& statistics) {
    std::uint64_t pages = 0;
    std::uint64_t resident = 0;
    std::ifstream file("/proc/self/statm");
    if (file >> pages >> resident)
        statistics.residentBytes = resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    rusage usage{};
    constexpr std::uint64_t kKibibyte = 1024;
    if (::getrusage(RUSAGE_SELF, &usage) == 0)
        statistics.peakBytes = static_cast<std::uint64_t>(usage.ru_maxrss) * kKibibyte;
}

Error outOfMemory() {
    return {ErrorCode::OutOfMemory,
            "Memory ran out in the engine: close other programs, or take a shorter stretch of "
            "speech."};
}

/// Runs `call` of a service; what it throws becomes an error.
template <typename Call>
auto guarded(const Call& call) -> decltype(call()) {
    try {
        return call();
    } catch (const std::bad_alloc&) {
        return outOfMemory();
    } catch (const std::exception& exception) {
        return Error{ErrorCode::Internal, fmt::format("The engine came into a state that it does "
                                                      "not know: {}.",
                                                      exception.what())};
    } catch (...) {
        return Error{ErrorCode::Internal, "The engine came into a state that it does not know."};
    }
}

class MessageLoop {
public:
    MessageLoop(EngineService& service, int in, int out, const ServeOptions& options)
        : service_(service)
        , in_(in)
        , options_(options)
        , wake_(::eventfd(0, EFD_CLOEXEC))
        , output_(out) {}
    MessageLoop(const MessageLoop&) = delete;
    MessageLoop& operator=(const MessageLoop&) = delete;
    ~MessageLoop() { ::close(wake_); }

    Status run();

private:
    // On the calling thread.
    std::optional<Job> nextJob();
    void perform(Job& job);
    Result<RequestSummary> compute(const Work& work, OutputSink& sink, JobControl& control);
    EngineMessage finished(Result<RequestSummary> result) const;
    void answer(const EngineMessage& message);

    // On the reader's thread.
    void readUntilEnd();
    void readMessages();
    void waitForInput();
    Status take(std::span<const std::byte> bytes);
    Status handle(ClientMessage message);
    Status greet(const Hello& hello);
    Status accept(Work work);
    template <typename Request>
    Status acceptUploaded(WithUpload<Request> message);
    void cancel();

    // On both.
    void end(Status outcome);
    [[nodiscard]] bool ended();

    EngineService& service_;
    const int in_;
    const ServeOptions options_;
    const int wake_; ///< Readable when the reader is to look whether it is over.
    MessageOutput output_;

    std::mutex mutex_; ///< Guards what follows.
    std::condition_variable changed_;
    std::optional<Job> next_;
    std::stop_source stop_{std::nostopstate}; ///< Of the request that is under way.
    std::optional<Status> outcome_;           ///< Present: it is over.
    bool workerDone_ = false;

    // The reader's own.
    MessageStream stream_;
    MotionUpload upload_;
    bool greeted_ = false;
    std::chrono::steady_clock::time_point nextBeat_;
};

// --- Computing --------------------------------------------------------------------------------

Status MessageLoop::run() {
    std::jthread reader([this] { readUntilEnd(); });
    while (auto job = nextJob())
        perform(*job);
    {
        const std::lock_guard lock(mutex_);
        workerDone_ = true;
    }
    changed_.notify_all();
    const std::uint64_t one = 1;
    while (::write(wake_, &one, sizeof(one)) < 0 && errno == EINTR) {
    }
    reader.join();
    return *outcome_;
}

std::optional<Job> MessageLoop::nextJob() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return outcome_ || next_; });
    if (outcome_) return std::nullopt;
    return std::exchange(next_, std::nullopt);
}

void MessageLoop::perform(Job& job) {
    if (std::holds_alternative<AskStatistics>(job.work)) {
        auto statistics = guarded([&] { return service_.statistics(); });
        if (!statistics)
            return answer(Failure{statistics.error().code(), statistics.error().message()});
        addMemory(*statistics);
        return answer(*statistics);
    }
    OutputSink sink(output_, job.stop);
    JobControl control(job.stop.get_token(),
                       [&sink](const Progress& progress) { sink.progress(progress); });
    auto result = guarded([&] { return compute(job.work, sink, control); });
    if (sink.peerGone()) return end(Status::success());
    if (sink.problem()) result = *sink.problem();
    answer(finished(std::move(result)));
}

Result<RequestSummary> MessageLoop::compute(const Work& work, OutputSink& sink,
                                            JobControl& control) {
    if (const auto* generate = std::get_if<GenerateRequest>(&work))
        return service_.generate(*generate, sink, control);
    if (const auto* analyse = std::get_if<AnalyseRequest>(&work))
        return service_.analyse(*analyse, sink, control);
    if (const auto* features = std::get_if<FeaturesRequest>(&work))
        return service_.features(*features, sink, control);
    return service_.edit(std::get<EditRequest>(work), sink, control);
}

EngineMessage MessageLoop::finished(Result<RequestSummary> result) const {
    if (result) return *std::move(result);
    return Failure{result.error().code(), result.error().message()};
}

void MessageLoop::answer(const EngineMessage& message) {
    auto bytes = encode(message);
    // A summary that breaks the rules; a failure with a sentence never does.
    if (!bytes)
        bytes = encode(EngineMessage(Failure{ErrorCode::Internal, bytes.error().message()}));
    if (!bytes || !output_.answer(*bytes)) end(Status::success());
}

// --- Reading ----------------------------------------------------------------------------------

void MessageLoop::readUntilEnd() {
    const Status read = guarded([this] {
        readMessages();
        return Status::success();
    });
    if (!read) end(read);
    std::unique_lock lock(mutex_);
    // Nobody is left who could ask for anything, and the computation does not stop: so does this.
    if (!changed_.wait_for(lock, kGrace, [this] { return workerDone_; })) std::_Exit(EXIT_FAILURE);
}

void MessageLoop::readMessages() {
    std::vector<std::byte> block(kBlockBytes);
    while (!ended()) {
        waitForInput();
        if (ended()) return;
        const ssize_t count = ::read(in_, block.data(), block.size());
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (count <= 0) return end(Status::success());
        const Status status = take(std::span(block).first(static_cast<std::size_t>(count)));
        if (!status) return end(status);
    }
}

void MessageLoop::waitForInput() {
    using std::chrono::milliseconds;
    while (true) {
        int timeout = -1;
        if (output_.busy()) {
            const auto now = std::chrono::steady_clock::now();
            if (now >= nextBeat_) {
                output_.heartbeat();
                nextBeat_ = now + options_.heartbeat;
            }
            timeout = static_cast<int>(std::chrono::ceil<milliseconds>(nextBeat_ - now).count());
        }
        std::array<pollfd, 2> waits{pollfd{in_, POLLIN, 0}, pollfd{wake_, POLLIN, 0}};
        if (::poll(waits.data(), waits.size(), timeout) > 0) return;
    }
}

Status MessageLoop::take(std::span<const std::byte> bytes) {
    stream_.append(bytes);
    while (!ended()) {
        const auto next = stream_.next();
        if (!next) return next.error();
        if (!*next) break;
        auto message = decodeClientMessage(**next);
        if (!message) return message.error();
        Status handled = handle(std::move(*message));
        if (!handled) return handled;
    }
    return Status::success();
}

Status MessageLoop::handle(ClientMessage message) {
    if (const auto* hello = std::get_if<Hello>(&message)) return greet(*hello);
    if (!greeted_) return Error{ErrorCode::InvalidInput, "The first message is no hello."};
    if (std::holds_alternative<Quit>(message)) return end(Status::success()), Status::success();
    if (std::holds_alternative<Cancel>(message)) return cancel(), Status::success();
    if (output_.busy())
        return Error{ErrorCode::InvalidInput, "Something was asked while a request is under way."};
    if (const auto* part = std::get_if<MotionPart>(&message)) return upload_.add(*part);
    if (auto* generate = std::get_if<GenerateRequest>(&message))
        return accept(std::move(*generate));
    if (auto* analyse = std::get_if<AnalyseMessage>(&message))
        return acceptUploaded(std::move(*analyse));
    if (auto* edit = std::get_if<EditMessage>(&message)) return acceptUploaded(std::move(*edit));
    if (auto* features = std::get_if<FeaturesMessage>(&message))
        return acceptUploaded(std::move(*features));
    return accept(AskStatistics());
}

Status MessageLoop::greet(const Hello& hello) {
    const auto own = encode(EngineMessage(Hello{kProtocolVersion, options_.program}));
    if (!own) return own.error();
    if (!output_.write(*own)) return end(Status::success()), Status::success();
    greeted_ = true;
    if (hello.protocol == kProtocolVersion) return Status::success();
    return Error{ErrorCode::Unavailable,
                 fmt::format("The program that asks speaks version {} of the protocol, this engine "
                             "version {}: build or install both anew.",
                             hello.protocol, kProtocolVersion)};
}

template <typename Request>
Status MessageLoop::acceptUploaded(WithUpload<Request> message) {
    auto motion = upload_.take(message.frames);
    if (!motion) return motion.error();
    message.request.motion = std::move(*motion);
    return accept(std::move(message.request));
}

Status MessageLoop::accept(Work work) {
    const std::lock_guard lock(mutex_);
    stop_ = std::stop_source();
    next_ = Job{std::move(work), stop_};
    nextBeat_ = std::chrono::steady_clock::now() + options_.heartbeat;
    output_.begin();
    changed_.notify_all();
    return Status::success();
}

void MessageLoop::cancel() {
    upload_.clear();
    const std::lock_guard lock(mutex_);
    stop_.request_stop();
}

void MessageLoop::end(Status outcome) {
    const std::lock_guard lock(mutex_);
    if (!outcome_) outcome_ = std::move(outcome);
    stop_.request_stop();
    changed_.notify_all();
}

bool MessageLoop::ended() {
    const std::lock_guard lock(mutex_);
    return outcome_.has_value();
}

} // namespace

Status serve(EngineService& service, int in, int out, const ServeOptions& options) {
    // Writing to a program that has gone is an error to be handled, not the end.
    struct sigaction current {};
    if (::sigaction(SIGPIPE, nullptr, &current) == 0 && current.sa_handler == SIG_DFL)
        ::signal(SIGPIPE, SIG_IGN);
    return MessageLoop(service, in, out, options).run();
}

Status serveStandardStreams(const ServiceFactory& makeService, const ServeOptions& options) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int out = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    if (out < 0 || ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
        return Error{ErrorCode::Io, fmt::format("The engine cannot use its standard streams: {}.",
                                                std::strerror(errno))};
    }
    auto service = makeService();
    if (!service) return service.error();
    return serve(**service, STDIN_FILENO, out, options);
}

} // namespace gesture::inference
