// SPDX-License-Identifier: Apache-2.0
#include "core/inference/engine_client.h"

#include "core/base/log.h"
#include "core/base/paths.h"
#include "core/inference/engine_connection.h"
#include "core/inference/engine_protocol.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace gesture::inference {

namespace {

std::string adviceFor(Breakdown::Cause cause) {
    switch (cause) {
    case Breakdown::Cause::Killed:
        return "Perhaps memory ran out: close other programs, or take a shorter stretch of speech.";
    case Breakdown::Cause::NotUnderstood:
        return "Engine and program may be of different versions: build or install both anew.";
    case Breakdown::Cause::Ended:
    case Breakdown::Cause::Silent:
        return "If it happens again, choose the device \"cpu\".";
    }
    return {};
}

ErrorCode codeFor(Breakdown::Cause cause) {
    const bool ended = cause == Breakdown::Cause::Ended || cause == Breakdown::Cause::Killed;
    return ended ? ErrorCode::Internal : ErrorCode::Unavailable;
}

std::string quotedWords(const EngineConnection& connection) {
    const std::string words = connection.lastWords();
    return words.empty() ? std::string() : fmt::format(" Its last words: \"{}\".", words);
}

/// Hands on what an engine yields while it computes, and remembers how far it came.
class Delivery {
public:
    Delivery(ResultSink& sink, JobControl& control)
        : sink_(sink)
        , control_(control) {}

    /// False if the message is none of a running request.
    bool take(const EngineMessage& message) {
        return std::visit([this](const auto& typed) { return deliver(typed); }, message);
    }
    [[nodiscard]] bool anythingFinal() const { return anythingFinal_; }
    /// Where the engine was, for a sentence.
    [[nodiscard]] std::string during() const {
        return stage_.empty() ? "before its first sign of progress"
                              : fmt::format("during \"{}\"", stage_);
    }

private:
    bool deliver(const Progress& progress) {
        stage_ = progress.stage;
        control_.relay(progress);
        return true;
    }
    bool deliver(const MotionChunk& chunk) {
        anythingFinal_ = anythingFinal_ || chunk.finalEnd > chunk.begin;
        sink_.motion(chunk);
        return true;
    }
    bool deliver(const TokenChunk& chunk) { return sink_.tokens(chunk), true; }
    bool deliver(const SemanticChunk& chunk) { return sink_.semantic(chunk), true; }
    bool deliver(const AttentionWindow& window) { return sink_.attention(window), true; }
    bool deliver(const MotionFeatureRows& rows) { return sink_.features(rows), true; }
    bool deliver(const Note& note) { return sink_.note(note), true; }
    template <typename Other>
    bool deliver(const Other&) {
        return false;
    }

    ResultSink& sink_;
    JobControl& control_;
    std::string stage_;
    bool anythingFinal_ = false;
};

const MotionFrames* motionOf(const GenerateRequest&) { return nullptr; }
const MotionFrames* motionOf(const AnalyseRequest& request) { return &request.motion; }
const MotionFrames* motionOf(const EditRequest& request) { return &request.motion; }
const MotionFrames* motionOf(const FeaturesRequest& request) { return &request.motion; }

/// Sends the motion that a request is about. An error says that the motion cannot be sent; the
/// engine has then forgotten what it got.
Status upload(const MotionFrames& motion, Conversation& talk, const JobControl& control) {
    Status shape = checkShape(motion);
    if (!shape) return shape;
    for (std::int64_t begin = 0; begin < motion.count(); begin += kMaxPartFrames) {
        const auto part = encode(
            ClientMessage(MotionPart{{begin}, framesOf(motion, begin, begin + kMaxPartFrames)}));
        if (!part) {
            static_cast<void>(talk.cancel());
            return part.error();
        }
        const bool goesOn = control.stopRequested() ? talk.cancel() : talk.send(*part);
        if (!goesOn || talk.cancelled()) break;
    }
    return Status::success();
}

/// Hands on what comes until the request is answered; nothing when the conversation is over before.
std::optional<Result<RequestSummary>> listen(Conversation& talk, Delivery& delivery) {
    while (const auto message = talk.receive()) {
        if (const auto* summary = std::get_if<RequestSummary>(&*message)) return *summary;
        if (const auto* failure = std::get_if<Failure>(&*message))
            return Error{failure->code, failure->message};
        if (talk.cancelled() || delivery.take(*message)) continue;
        talk.misunderstand("sent something that was not asked for");
        break;
    }
    return std::nullopt;
}

} // namespace

/// What came of sending a request to an engine: an answer, or why there is none.
struct EngineClient::Attempt {
    std::optional<Result<RequestSummary>> answer;
    bool asked = false;         ///< The request itself was sent.
    bool anythingFinal = false; ///< Frames were delivered that will not change any more.
    std::string during;         ///< How far the engine came.
    Breakdown breakdown;        ///< Without an answer.
    std::string words;          ///< Without an answer: a sentence with the engine's last words.
};

EngineClient::EngineClient(Options options)
    : options_(std::move(options)) {}

EngineClient::~EngineClient() { shutDown(); }

void EngineClient::shutDown() {
    if (engine_ && inStep_) engine_->quit();
    engine_.reset();
}

std::optional<pid_t> EngineClient::processId() const {
    return engine_ ? std::optional(engine_->id()) : std::nullopt;
}

// --- Starting ---------------------------------------------------------------------------------

Status EngineClient::ensureEngine(const JobControl& control) {
    if (engine_ && inStep_ && engine_->waits()) return Status::success();
    engine_.reset();
    const auto program =
        options_.program.empty() ? findProgram("gesture-engine") : std::optional(options_.program);
    if (!program) {
        return Error{ErrorCode::Unavailable,
                     "gesture-engine is not there: it is left out of a build without libtorch. "
                     "Run packaging/setup, then build anew."};
    }
    auto opened = EngineConnection::open({*program, options_.arguments}, options_.memoryLimitBytes);
    if (!opened) return std::move(opened).error();
    engine_ = *std::move(opened);
    inStep_ = false;
    Status greeted = greet(program->string(), control);
    if (!greeted) engine_.reset();
    return greeted;
}

Status EngineClient::greet(const std::string& program, const JobControl& control) {
    const auto hello = encode(ClientMessage(Hello{kProtocolVersion, GESTURE_VERSION}));
    if (!hello) return hello.error();
    Conversation talk(*engine_, {options_.cancelGrace, options_.helloTimeout}, control);
    const auto answer = talk.send(*hello) ? talk.receive() : std::nullopt;
    if (!answer && !talk.breakdown()) return JobControl::cancelled("Starting the engine");
    const auto* greeting = answer ? std::get_if<Hello>(&*answer) : nullptr;
    if (answer && greeting == nullptr) talk.misunderstand("did not say hello");
    if (greeting != nullptr) return checkHello(*greeting, GESTURE_VERSION);
    return Error{ErrorCode::Unavailable,
                 fmt::format("The engine '{}' cannot be used: when it was started, it {}.{}",
                             program, talk.breakdown()->what, quotedWords(*engine_))};
}

// --- Requests ---------------------------------------------------------------------------------

template <typename Request>
EngineClient::Attempt EngineClient::converse(const Request& request, Conversation& talk,
                                             ResultSink& sink, JobControl& control) {
    Attempt attempt;
    const auto message = encodeRequest(request);
    if (!message) return attempt.answer = message.error(), attempt;
    if (const MotionFrames* motion = motionOf(request)) {
        const Status sent = upload(*motion, talk, control);
        if (!sent) return attempt.answer = sent.error(), attempt;
    }
    Delivery delivery(sink, control);
    if (!talk.over() && !talk.cancelled()) {
        attempt.asked = true;
        if (talk.send(*message)) attempt.answer = listen(talk, delivery);
    }
    attempt.during = delivery.during();
    attempt.anythingFinal = delivery.anythingFinal();
    return attempt;
}

template <typename Request>
EngineClient::Attempt EngineClient::attempt(const Request& request, std::string_view what,
                                            ResultSink& sink, JobControl& control) {
    Attempt attempt;
    const Status ready = ensureEngine(control);
    if (!ready) return attempt.answer = ready.error(), attempt;
    inStep_ = false;
    Conversation talk(*engine_, {options_.cancelGrace, options_.silence}, control);
    attempt = converse(request, talk, sink, control);
    if (!attempt.answer && talk.breakdown()) {
        attempt.breakdown = *talk.breakdown();
        attempt.words = quotedWords(*engine_);
    }
    inStep_ = !talk.over() && (attempt.answer || !attempt.asked);
    if (!inStep_) engine_.reset();
    if ((!attempt.answer || talk.cancelled()) && control.stopRequested())
        attempt.answer = JobControl::cancelled(what);
    return attempt;
}

template <typename Request>
Result<RequestSummary> EngineClient::run(const Request& request, std::string_view what,
                                         ResultSink& sink, JobControl& control) {
    if (control.stopRequested()) return JobControl::cancelled(what);
    Attempt first = attempt(request, what, sink, control);
    if (first.answer) return *std::move(first.answer);
    const std::string happened =
        fmt::format("The engine {} {}", first.breakdown.what, first.during);
    if (options_.replay == Replay::Never || first.anythingFinal) {
        return Error{codeFor(first.breakdown.cause),
                     fmt::format("{}; the next request starts it anew. {}{}", happened,
                                 adviceFor(first.breakdown.cause), first.words)};
    }
    logWarning(fmt::format("{}; the request is computed again.{}", happened, first.words));
    sink.restarted();
    Attempt second = attempt(request, what, sink, control);
    if (second.answer) return *std::move(second.answer);
    return Error{codeFor(second.breakdown.cause),
                 fmt::format("{}; it was started again and {} {}. {}{}", happened,
                             second.breakdown.what, second.during,
                             adviceFor(second.breakdown.cause), second.words)};
}

Result<RequestSummary> EngineClient::generate(const GenerateRequest& request, ResultSink& sink,
                                              JobControl& control) {
    return run(request, "Generating a motion", sink, control);
}

Result<RequestSummary> EngineClient::analyse(const AnalyseRequest& request, ResultSink& sink,
                                             JobControl& control) {
    return run(request, "Looking at a motion", sink, control);
}

Result<RequestSummary> EngineClient::edit(const EditRequest& request, ResultSink& sink,
                                          JobControl& control) {
    return run(request, "Changing a motion", sink, control);
}

Result<RequestSummary> EngineClient::features(const FeaturesRequest& request, ResultSink& sink,
                                              JobControl& control) {
    return run(request, "Taking features of a motion", sink, control);
}

Result<EngineStatistics> EngineClient::statistics() {
    if (!engine_ || !inStep_ || !engine_->waits()) return EngineStatistics{};
    const auto question = encode(ClientMessage(AskStatistics()));
    if (!question) return question.error();
    const JobControl patient;
    Conversation talk(*engine_, {options_.cancelGrace, options_.silence}, patient);
    const auto answer = talk.send(*question) ? talk.receive() : std::nullopt;
    if (answer) {
        if (const auto* statistics = std::get_if<EngineStatistics>(&*answer)) return *statistics;
        if (const auto* failure = std::get_if<Failure>(&*answer))
            return Error{failure->code, failure->message};
        talk.misunderstand("sent something that was not asked for");
    }
    const Breakdown breakdown = *talk.breakdown();
    engine_.reset();
    return Error{codeFor(breakdown.cause),
                 fmt::format("The engine {} when it was asked what it holds; the next request "
                             "starts it anew. {}",
                             breakdown.what, adviceFor(breakdown.cause))};
}

} // namespace gesture::inference
