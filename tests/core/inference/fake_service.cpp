// SPDX-License-Identifier: Apache-2.0
#include "tests/core/inference/fake_service.h"

#include "core/base/fast_hash.h"
#include "tests/core/inference/message_examples.h"

#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <limits>
#include <mutex>
#include <new>
#include <stdexcept>
#include <unistd.h>

namespace gesture::inference {

namespace {

[[noreturn]] void crash() {
    // Also where a sanitizer wants to report the signal.
    std::signal(SIGSEGV, SIG_DFL);
    std::raise(SIGSEGV);
    std::abort();
}

/// Waits for the wish to stop, or for ever.
Error waitFor(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait(lock, stop, [] { return false; });
    return JobControl::cancelled("Waiting");
}

/// Calls `crash` before the result of that number, counted from 1.
class Windows {
public:
    Windows(ResultSink& sink, int crashAt)
        : sink_(sink)
        , crashAt_(crashAt) {}

    void yield(int window) {
        const std::int64_t begin = std::int64_t{window} * kFakeWindowFrames;
        count();
        sink_.motion({{begin}, {begin}, exampleMotion(kFakeWindowFrames)});
        count();
        TokenChunk tokens;
        tokens.begin = begin / 4;
        tokens.codes.assign(6 * 15, static_cast<std::uint16_t>(window));
        tokens.confidence.assign(15, 0.5F);
        tokens.entropy.assign(15, 1.5F);
        sink_.tokens(tokens);
        count();
        sink_.semantic({begin / 4, 4, {0.25F, 0.5F}, {0, 1}});
        count();
        AttentionWindow attention;
        attention.begin = {begin};
        attention.frames = 4;
        attention.parts = {motion::BodyPart::Upper};
        attention.layers = attention.heads = 1;
        attention.maps.assign(16, 0x3400);
        attention.importance = attention.fused = {0.25F, 0.25F, 0.25F, 0.25F};
        sink_.attention(attention);
    }

private:
    void count() {
        if (++events_ == crashAt_) crash();
    }

    ResultSink& sink_;
    int crashAt_;
    int events_ = 0;
};

Result<RequestSummary> yieldWindows(ResultSink& sink, JobControl& control, int crashAt) {
    Windows windows(sink, crashAt);
    control.beginStage("Making windows", kFakeWindows);
    for (int window = 0; window < kFakeWindows; ++window) {
        if (control.stopRequested()) return JobControl::cancelled("Making windows");
        windows.yield(window);
        control.advanceTo(window + 1);
    }
    sink.note({"All windows are made."});
    RequestSummary summary;
    summary.frames = std::int64_t{kFakeWindows} * kFakeWindowFrames;
    summary.device = "cpu";
    return summary;
}

/// What a request may make of the engine beside results; nothing: it computes.
std::optional<Error> misbehave(const std::string& behaviour, const GenerateRequest& request,
                               int rawOutput) {
    if (behaviour == "crash-once" && !std::filesystem::exists(request.speech.audio)) {
        std::ofstream(request.speech.audio).put('1').flush();
        crash();
    }
    if (behaviour == "exit") {
        std::fputs("a warning\nno room on the device\n", stderr);
        std::_Exit(3);
    }
    if (behaviour == "freeze") std::raise(SIGSTOP);
    if (behaviour == "garbage") {
        constexpr std::string_view kBytes("\x05\x00\x00\x00notme", 9);
        if (::write(rawOutput, kBytes.data(), kBytes.size()) < 0) crash();
    }
    if (behaviour == "chatter") {
        std::cout << "a library says something\n" << std::flush;
        std::puts("and another");
        std::fflush(stdout);
    }
    if (behaviour == "oom") throw std::bad_alloc();
    if (behaviour == "throw") throw std::runtime_error("a shape does not fit");
    return std::nullopt;
}

} // namespace

std::string fakeHash(const MotionFrames& motion) {
    std::string text;
    for (const auto* values :
         {&motion.poses, &motion.translations, &motion.expressions, &motion.contacts}) {
        text += fmt::format("{:016x}", fastHashOf(std::as_bytes(std::span(*values))));
    }
    return text;
}

Result<RequestSummary> FakeService::behave(const std::string& behaviour,
                                           const GenerateRequest& request, ResultSink& sink,
                                           JobControl& control) {
    if (auto error = misbehave(behaviour, request, rawOutput_)) return *std::move(error);
    if (behaviour == "deaf" || behaviour == "patient") {
        control.beginStage("Waiting", 0);
        return waitFor(behaviour == "deaf" ? std::stop_token() : control.stopToken());
    }
    if (behaviour == "flood") {
        while (!control.stopRequested())
            sink.motion({{0}, {0}, exampleMotion(kFakeWindowFrames)});
        return JobControl::cancelled("Flooding");
    }
    if (behaviour == "big")
        sink.motion({{100}, {100 + kFakeBigFrames - 10}, exampleMotion(kFakeBigFrames)});
    if (behaviour == "nan") sink.semantic({0, 4, {std::numeric_limits<float>::quiet_NaN()}, {0}});
    if (behaviour == "crash-final") {
        sink.motion({{0}, {50}, exampleMotion(60)});
        crash();
    }
    if (behaviour == "steps") {
        control.beginStage("Counting", 100'000);
        for (int step = 1; step <= 100'000; ++step)
            control.advanceTo(step);
    }
    if (behaviour == "allocate") {
        const std::vector<float> much(std::size_t{1} << 28, 1.0F);
        sink.note({fmt::format("{}", much.back())});
    }
    const bool crashes = behaviour.starts_with("crash-at-");
    return yieldWindows(sink, control, crashes ? std::stoi(behaviour.substr(9)) : 0);
}

Result<RequestSummary> FakeService::generate(const GenerateRequest& request, ResultSink& sink,
                                             JobControl& control) {
    ++requests_;
    return behave(request.bundle.filename().string(), request, sink, control);
}

Result<RequestSummary> FakeService::analyse(const AnalyseRequest& request, ResultSink& sink,
                                            JobControl&) {
    ++requests_;
    if (request.bundle.filename() == "crash") crash();
    sink.note({"analysed"});
    RequestSummary summary;
    summary.frames = request.motion.count();
    summary.speechHash = fakeHash(request.motion);
    return summary;
}

Result<RequestSummary> FakeService::edit(const EditRequest& request, ResultSink& sink,
                                         JobControl&) {
    ++requests_;
    sink.motion({{0}, {request.motion.count()}, request.motion});
    RequestSummary summary;
    summary.frames = request.motion.count();
    summary.threads = static_cast<int>(request.pins.size());
    summary.speechHash = fakeHash(request.motion);
    return summary;
}

Result<RequestSummary> FakeService::features(const FeaturesRequest& request, ResultSink& sink,
                                             JobControl&) {
    ++requests_;
    RequestSummary summary;
    summary.frames = request.motion.count() / kFramesPerFeature * kFramesPerFeature;
    MotionFeatureRows rows;
    for (std::int64_t frame = 0; frame < summary.frames; frame += kFramesPerFeature)
        rows.values.insert(rows.values.end(), static_cast<std::size_t>(kFeatureChannels),
                           request.motion.translations[static_cast<std::size_t>(3 * frame + 1)]);
    sink.features(rows);
    summary.speechHash = fakeHash(request.motion);
    return summary;
}

Result<EngineStatistics> FakeService::statistics() {
    EngineStatistics statistics;
    statistics.cacheBytes = requests_;
    statistics.device = "cpu";
    return statistics;
}

} // namespace gesture::inference
