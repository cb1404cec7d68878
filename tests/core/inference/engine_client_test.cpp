// SPDX-License-Identifier: Apache-2.0
#include "core/inference/engine_client.h"

#include "core/base/process.h"
#include "tests/core/inference/fake_service.h"
#include "tests/core/inference/message_examples.h"
#include "tests/core/inference/recording_sink.h"
#include "tests/support/temporary_folder.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

namespace gesture::inference {
namespace {

using std::chrono::milliseconds;

std::filesystem::path fakeEngine() {
    return std::filesystem::path(GESTURE_TEST_BINARIES) / "fake_engine";
}

EngineClient::Options fakeOptions(Replay replay = Replay::Never) {
    EngineClient::Options options;
    options.program = fakeEngine();
    options.replay = replay;
    return options;
}

GenerateRequest behaving(const std::string& behaviour) {
    GenerateRequest request = exampleGenerate();
    request.bundle = "/fake/" + behaviour;
    return request;
}

/// What the fake service yields when it is called directly.
std::vector<EngineMessage> plainEvents() {
    RecordingSink sink;
    JobControl control;
    FakeService service;
    EXPECT_TRUE(service.generate(behaving("plain"), sink, control).ok());
    return sink.events;
}

Result<RequestSummary> generate(EngineClient& client, const std::string& behaviour) {
    RecordingSink sink;
    JobControl control;
    return client.generate(behaving(behaviour), sink, control);
}

bool processExists(pid_t id) {
    return std::filesystem::exists("/proc/" + std::to_string(id)) && ::kill(id, 0) == 0;
}

/// One sentence, or a few, on one line.
void expectSentence(const Error& error) {
    EXPECT_FALSE(error.message().empty());
    EXPECT_EQ(error.message().find('\n'), std::string::npos) << error.message();
    EXPECT_TRUE(error.message().ends_with('.')) << error.message();
}

TEST(EngineClient, ResultsAreThoseOfTheServiceItself) {
    EngineClient client(fakeOptions());
    EXPECT_FALSE(client.processId()) << "nothing is started before it is needed";
    RecordingSink sink;
    std::vector<Progress> progress;
    JobControl control({}, [&](const Progress& step) { progress.push_back(step); });
    const auto summary = client.generate(behaving("plain"), sink, control);
    ASSERT_TRUE(summary.ok()) << summary.error().message();
    EXPECT_EQ(summary->frames, std::int64_t{kFakeWindows} * kFakeWindowFrames);
    EXPECT_TRUE(sink.events == plainEvents());
    EXPECT_EQ(sink.restarts, 0);
    ASSERT_GE(progress.size(), 2U);
    EXPECT_EQ(progress.front().stage, "Making windows");
    EXPECT_EQ(progress.back().done, kFakeWindows);
    EXPECT_EQ(progress.back().total, kFakeWindows);
}

TEST(EngineClient, TheEngineStaysWarmAndCountsItsRequests) {
    EngineClient client(fakeOptions());
    EXPECT_EQ(client.statistics().value(), EngineStatistics{});
    ASSERT_TRUE(generate(client, "plain").ok());
    const auto first = client.processId();
    ASSERT_TRUE(first);
    ASSERT_TRUE(generate(client, "plain").ok());
    EXPECT_EQ(client.processId(), first);
    const auto statistics = client.statistics();
    ASSERT_TRUE(statistics.ok());
    EXPECT_EQ(statistics->cacheBytes, 2U); // as many as FakeService was asked
    EXPECT_EQ(statistics->device, "cpu");
    EXPECT_GT(statistics->residentBytes, 0U);
    EXPECT_GE(statistics->peakBytes, statistics->residentBytes / 2);
    client.shutDown();
    EXPECT_FALSE(processExists(*first));
    EXPECT_TRUE(generate(client, "plain").ok());
}

TEST(EngineClient, AThreadThatStartedTheEngineMayEnd) {
    EngineClient client(fakeOptions());
    std::thread([&] { EXPECT_TRUE(generate(client, "plain").ok()); }).join();
    const auto id = client.processId();
    EXPECT_TRUE(generate(client, "plain").ok());
    EXPECT_EQ(client.processId(), id);
}

TEST(EngineClient, AnEditIsAnsweredWithTheMotionThatWasSent) {
    EngineClient client(fakeOptions());
    const EditRequest request = exampleEdit(9000);
    RecordingSink sink;
    JobControl control;
    const auto summary = client.edit(request, sink, control);
    ASSERT_TRUE(summary.ok()) << summary.error().message();
    EXPECT_EQ(summary->threads, static_cast<int>(request.pins.size()));
    MotionFrames whole;
    for (const EngineMessage& event : sink.events) {
        const MotionFrames& frames = std::get<MotionChunk>(event).frames;
        whole.poses.insert(whole.poses.end(), frames.poses.begin(), frames.poses.end());
    }
    EXPECT_TRUE(whole.poses == request.motion.poses);
}

TEST(EngineClient, FeaturesOfAMotionComeInOnePiece) {
    EngineClient client(fakeOptions());
    const FeaturesRequest request = exampleFeatures(9000);
    RecordingSink sink;
    JobControl control;
    const auto summary = client.features(request, sink, control);
    ASSERT_TRUE(summary.ok()) << summary.error().message();
    EXPECT_EQ(summary->frames, 8992);
    EXPECT_EQ(summary->speechHash, fakeHash(request.motion));
    ASSERT_EQ(sink.events.size(), 1U);
    const auto& values = std::get<MotionFeatureRows>(sink.events.front()).values;
    ASSERT_EQ(values.size(), static_cast<std::size_t>(8992 / 16 * kFeatureChannels));
    EXPECT_EQ(values.back(), request.motion.translations[3 * (8992 - 16) + 1]);
}

TEST(EngineClient, FeaturesOfFourHoursFitIntoAMessage) {
    const auto rows = static_cast<std::size_t>(kMaxFrames / kFramesPerFeature);
    MotionFeatureRows features;
    features.values.assign(rows * static_cast<std::size_t>(kFeatureChannels), 0.5F);
    EXPECT_TRUE(encode(EngineMessage(features)).ok());
    features.values.resize(features.values.size() + static_cast<std::size_t>(kFeatureChannels));
    EXPECT_FALSE(encode(EngineMessage(features)).ok());
}

TEST(EngineClient, SixtyMinutesOfMotionReachTheEngine) {
    EngineClient client(fakeOptions());
    const AnalyseRequest request = exampleAnalyse(std::int64_t{60} * 60 * 30);
    RecordingSink sink;
    JobControl control;
    const auto summary = client.analyse(request, sink, control);
    ASSERT_TRUE(summary.ok()) << summary.error().message();
    EXPECT_EQ(summary->frames, request.motion.count());
    EXPECT_EQ(summary->speechHash, fakeHash(request.motion));
}

TEST(EngineClient, AMotionThatFitsIntoNoMessageArrivesInOrder) {
    EngineClient client(fakeOptions());
    RecordingSink sink;
    JobControl control;
    ASSERT_TRUE(client.generate(behaving("big"), sink, control).ok());
    const MotionFrames whole = exampleMotion(kFakeBigFrames);
    FrameIndex next{100};
    for (const EngineMessage& event : sink.events) {
        const auto* chunk = std::get_if<MotionChunk>(&event);
        if (chunk == nullptr || next.value >= 100 + kFakeBigFrames) continue;
        ASSERT_EQ(chunk->begin, next);
        ASSERT_TRUE(chunk->frames == framesOf(whole, next - FrameIndex{100},
                                              next - FrameIndex{100} + chunk->frames.count()));
        next = next + chunk->frames.count();
        EXPECT_EQ(chunk->finalEnd.value, std::min(next.value, 100 + kFakeBigFrames - 10));
    }
    EXPECT_EQ(next.value, 100 + kFakeBigFrames);
}

TEST(EngineClient, ManyStepsBecomeFewReports) {
    EngineClient client(fakeOptions());
    RecordingSink sink;
    std::vector<Progress> progress;
    JobControl control({}, [&](const Progress& step) {
        if (step.stage == "Counting") progress.push_back(step);
    });
    ASSERT_TRUE(client.generate(behaving("steps"), sink, control).ok());
    EXPECT_LT(progress.size(), 1000U);
    EXPECT_EQ(progress.back().done, 100'000);
}

// --- Cancelling -------------------------------------------------------------------------------

/// Asks for a request and for its end as soon as there is progress.
Result<RequestSummary> generateAndStop(EngineClient& client, const std::string& behaviour) {
    std::stop_source stop;
    RecordingSink sink([&stop](int events) {
        if (events == 3) stop.request_stop();
    });
    JobControl control(stop.get_token(), [&stop](const Progress& progress) {
        if (progress.stage == "Waiting") stop.request_stop();
    });
    return client.generate(behaving(behaviour), sink, control);
}

TEST(EngineClient, CancelIsAnsweredAndTheEngineStaysWarm) {
    EngineClient client(fakeOptions());
    ASSERT_TRUE(generate(client, "plain").ok());
    const auto id = client.processId();
    for (const char* behaviour : {"patient", "flood"}) {
        const auto result = generateAndStop(client, behaviour);
        ASSERT_FALSE(result.ok());
        EXPECT_EQ(result.error().code(), ErrorCode::Cancelled);
        EXPECT_EQ(client.processId(), id) << behaviour;
    }
    EXPECT_TRUE(generate(client, "plain").ok());
    EXPECT_EQ(client.processId(), id);
}

TEST(EngineClient, AnEngineThatDoesNotStopIsKilled) {
    EngineClient::Options options = fakeOptions(Replay::Once);
    options.cancelGrace = milliseconds(100);
    EngineClient client(options);
    ASSERT_TRUE(generate(client, "plain").ok());
    const auto id = client.processId();
    const auto result = generateAndStop(client, "deaf");
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code(), ErrorCode::Cancelled);
    EXPECT_FALSE(client.processId());
    EXPECT_FALSE(processExists(*id));
    EXPECT_TRUE(generate(client, "plain").ok());
}

TEST(EngineClient, AStopAtAnyTimeOfAnUploadLeavesTheEngineInStep) {
    EngineClient client(fakeOptions());
    const AnalyseRequest request = exampleAnalyse(20'000);
    for (int turn = 0; turn < 10; ++turn) {
        std::stop_source stop;
        JobControl control(stop.get_token(), {});
        RecordingSink sink;
        std::thread stopper([&stop] { stop.request_stop(); });
        const auto result = client.analyse(request, sink, control);
        stopper.join();
        EXPECT_TRUE(result.ok() || result.error().code() == ErrorCode::Cancelled);
        ASSERT_TRUE(generate(client, "plain").ok());
    }
}

TEST(EngineClient, AStopEndsTheWaitForAFrozenEngine) {
    EngineClient::Options options = fakeOptions();
    options.cancelGrace = milliseconds(100);
    EngineClient client(options);
    ASSERT_TRUE(generate(client, "plain").ok());
    ASSERT_EQ(::kill(client.processId().value(), SIGSTOP), 0);
    std::stop_source stop;
    JobControl control(stop.get_token(), {});
    RecordingSink sink;
    std::thread stopper([&stop] { stop.request_stop(); });
    const auto result = client.analyse(exampleAnalyse(5000), sink, control);
    stopper.join();
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code(), ErrorCode::Cancelled);
}

TEST(EngineClient, WhatIsStoppedBeforeItBeginsStartsNothing) {
    EngineClient client(fakeOptions());
    std::stop_source stop;
    stop.request_stop();
    RecordingSink sink;
    JobControl control(stop.get_token(), {});
    EXPECT_EQ(client.generate(behaving("plain"), sink, control).error().code(),
              ErrorCode::Cancelled);
    EXPECT_FALSE(client.processId());
}

// --- Failures that the engine survives --------------------------------------------------------

TEST(EngineClient, FailuresOfTheServiceLeaveTheEngineWarm) {
    EngineClient client(fakeOptions());
    ASSERT_TRUE(generate(client, "plain").ok());
    const auto id = client.processId();
    const auto oom = generate(client, "oom");
    ASSERT_FALSE(oom.ok());
    EXPECT_EQ(oom.error().code(), ErrorCode::OutOfMemory);
    expectSentence(oom.error());
    const auto thrown = generate(client, "throw");
    ASSERT_FALSE(thrown.ok());
    EXPECT_EQ(thrown.error().code(), ErrorCode::Internal);
    EXPECT_NE(thrown.error().message().find("a shape does not fit"), std::string::npos);
    const auto nan = generate(client, "nan");
    ASSERT_FALSE(nan.ok());
    EXPECT_NE(nan.error().message().find("'score' has a number that is not finite"),
              std::string::npos);
    EXPECT_TRUE(generate(client, "chatter").ok()) << "what libraries print is no message";
    EXPECT_EQ(client.processId(), id);
}

TEST(EngineClient, ARequestThatBreaksTheRulesIsRefusedBeforeItIsSent) {
    EngineClient client(fakeOptions());
    RecordingSink sink;
    JobControl control;
    AnalyseRequest request = exampleAnalyse(9000);
    request.motion.poses.back() = std::numeric_limits<float>::quiet_NaN();
    const auto nan = client.analyse(request, sink, control);
    ASSERT_FALSE(nan.ok());
    EXPECT_EQ(nan.error().code(), ErrorCode::InvalidInput);
    request.motion.poses.pop_back();
    EXPECT_FALSE(client.analyse(request, sink, control).ok());
    // What had been sent of it is forgotten.
    request = exampleAnalyse(7);
    const auto good = client.analyse(request, sink, control);
    ASSERT_TRUE(good.ok());
    EXPECT_EQ(good->frames, 7);
}

// --- Breakdowns -------------------------------------------------------------------------------

TEST(EngineClient, ACrashIsReportedWithItsSignalAndItsPlace) {
    EngineClient client(fakeOptions());
    const auto result = generate(client, "crash-at-3");
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code(), ErrorCode::Internal);
    EXPECT_NE(result.error().message().find(
                  "The engine ended (signal 11) during \"Making windows\"; the next request"),
              std::string::npos)
        << result.error().message();
    EXPECT_FALSE(client.processId());
}

TEST(EngineClient, AnExitIsReportedWithTheLastWords) {
    EngineClient client(fakeOptions());
    const auto result = generate(client, "exit");
    ASSERT_FALSE(result.ok());
    expectSentence(result.error());
    EXPECT_NE(result.error().message().find("ended (status 3)"), std::string::npos);
    EXPECT_NE(result.error().message().find("Its last words: \"no room on the device\"."),
              std::string::npos)
        << result.error().message();
}

TEST(EngineClient, ARequestIsComputedAgainAfterACrash) {
    const test::TemporaryFolder folder;
    EngineClient client(fakeOptions(Replay::Once));
    GenerateRequest request = behaving("crash-once");
    request.speech.audio = folder / "marker";
    RecordingSink sink;
    JobControl control;
    const auto summary = client.generate(request, sink, control);
    ASSERT_TRUE(summary.ok()) << summary.error().message();
    EXPECT_EQ(sink.restarts, 1);
    EXPECT_TRUE(sink.events == plainEvents());
}

TEST(EngineClient, ASecondCrashEndsTheRequest) {
    EngineClient client(fakeOptions(Replay::Once));
    RecordingSink sink;
    JobControl control;
    const auto result = client.generate(behaving("crash-at-6"), sink, control);
    ASSERT_FALSE(result.ok());
    expectSentence(result.error());
    EXPECT_NE(result.error().message().find("it was started again and ended (signal 11)"),
              std::string::npos)
        << result.error().message();
    EXPECT_EQ(sink.restarts, 1);
    AnalyseRequest analyse = exampleAnalyse(10);
    analyse.bundle = "/fake/crash";
    EXPECT_FALSE(client.analyse(analyse, sink, control).ok());
    EXPECT_EQ(sink.restarts, 2);
}

TEST(EngineClient, FinalFramesAreNotComputedAgain) {
    EngineClient client(fakeOptions(Replay::Once));
    RecordingSink sink;
    JobControl control;
    EXPECT_FALSE(client.generate(behaving("crash-final"), sink, control).ok());
    EXPECT_EQ(sink.restarts, 0);
    EXPECT_EQ(sink.events.size(), 1U);
}

TEST(EngineClient, BytesThatAreNoMessageEndTheEngine) {
    EngineClient client(fakeOptions());
    const auto result = generate(client, "garbage");
    ASSERT_FALSE(result.ok());
    expectSentence(result.error());
    EXPECT_NE(result.error().message().find("cannot read"), std::string::npos);
    EXPECT_FALSE(client.processId());
}

TEST(EngineClient, ASilentEngineIsKilled) {
    EngineClient::Options options = fakeOptions();
    options.silence = milliseconds(400);
    EngineClient client(options);
    const auto result = generate(client, "freeze");
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code(), ErrorCode::Unavailable);
    expectSentence(result.error());
    EXPECT_NE(result.error().message().find("no sign of life for 0.4 s"), std::string::npos);
    EXPECT_FALSE(client.processId());
}

TEST(EngineClient, AnEngineThatFreezesWhileItIsSentAMotionIsKilled) {
    EngineClient::Options options = fakeOptions();
    options.silence = milliseconds(400);
    EngineClient client(options);
    RecordingSink sink;
    JobControl control;
    ASSERT_TRUE(client.analyse(exampleAnalyse(1), sink, control).ok());
    const pid_t id = client.processId().value();
    ASSERT_EQ(::kill(id, SIGSTOP), 0);
    const auto result = client.analyse(exampleAnalyse(5000), sink, control);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code(), ErrorCode::Unavailable);
    EXPECT_FALSE(processExists(id));
}

TEST(EngineClient, AnEngineThatDiedWhileItWaitedIsReplacedWithoutAWord) {
    EngineClient client(fakeOptions());
    ASSERT_TRUE(generate(client, "plain").ok());
    const pid_t id = client.processId().value();
    ASSERT_EQ(::kill(id, SIGKILL), 0);
    ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(id), nullptr, WEXITED | WNOWAIT), 0);
    EXPECT_TRUE(generate(client, "plain").ok());
    EXPECT_NE(client.processId(), id);
}

TEST(EngineClient, AHundredKillsGiveAHundredSentencesAndLeaveNoProcess) {
    constexpr int kKills = 100;
    constexpr int kCrashes = kFakeWindows * kFakeEventsPerWindow;
    constexpr std::array<int, 4> kSignals{SIGKILL, SIGSEGV, SIGABRT, SIGTERM};
    EngineClient client(fakeOptions());
    for (int kill = 1; kill <= kKills; ++kill) {
        pid_t id = 0;
        RecordingSink sink([&](int events) {
            id = client.processId().value();
            const auto signal = kSignals[static_cast<std::size_t>(kill) % kSignals.size()];
            if (kill > kCrashes && events == kill - kCrashes) ::kill(id, signal);
        });
        JobControl control({}, [&](const Progress&) { id = client.processId().value(); });
        const auto request =
            behaving(kill > kCrashes ? "flood" : "crash-at-" + std::to_string(kill));
        const auto result = client.generate(request, sink, control);
        ASSERT_FALSE(result.ok()) << kill;
        expectSentence(result.error());
        EXPECT_EQ(result.error().code(), ErrorCode::Internal) << result.error().message();
        ASSERT_GT(id, 0);
        EXPECT_FALSE(processExists(id));
    }
    EXPECT_TRUE(generate(client, "plain").ok());
}

TEST(EngineClient, AnEngineDiesWithAProgramThatIsKilled) {
    auto program = Process::start({fakeEngine(), {"--client"}}, Process::Output::Streamed);
    ASSERT_TRUE(program.ok());
    std::array<char, 32> text{};
    const auto count =
        program->read(std::as_writable_bytes(std::span(text)), std::chrono::seconds(30));
    ASSERT_TRUE(count.ok());
    const auto engine = static_cast<pid_t>(std::stol(std::string(text.data(), *count)));
    const int handle = static_cast<int>(::syscall(SYS_pidfd_open, engine, 0));
    if (handle < 0) GTEST_SKIP() << "this kernel has no handles of processes (pidfd_open)";
    ASSERT_EQ(::kill(program->id(), SIGKILL), 0);
    pollfd wait{handle, POLLIN, 0};
    EXPECT_EQ(::poll(&wait, 1, 30'000), 1) << "the engine outlived its program";
    ::close(handle);
}

// --- Starting ---------------------------------------------------------------------------------

TEST(EngineClient, EnginesThatCannotBeUsedAreUnavailableWithASentence) {
    const auto errorWith = [](const std::vector<std::string>& arguments) {
        EngineClient::Options options = fakeOptions(Replay::Once);
        options.arguments = arguments;
        options.helloTimeout = milliseconds(arguments.front() == "--mute" ? 300 : 60'000);
        EngineClient client(options);
        const auto result = generate(client, "plain");
        EXPECT_FALSE(result.ok());
        EXPECT_EQ(result.error().code(), ErrorCode::Unavailable);
        expectSentence(result.error());
        EXPECT_FALSE(client.processId());
        return result.error().message();
    };
    EXPECT_NE(errorWith({"--mute"}).find("no sign of life for 0.3 s"), std::string::npos);
    EXPECT_NE(errorWith({"--other-protocol"})
                  .find(fmt::format("gesture-engine 9.9 speaks version {}", kProtocolVersion + 1)),
              std::string::npos);
    EXPECT_NE(errorWith({"--nonsense"}).find("\"libtorch is not there\""), std::string::npos);
}

TEST(EngineClient, AMissingProgramIsNamed) {
    EngineClient::Options options;
    options.program = "/no/such/engine";
    EngineClient client(options);
    const auto result = generate(client, "plain");
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code(), ErrorCode::Unavailable);
    EXPECT_NE(result.error().message().find("/no/such/engine"), std::string::npos);
}

TEST(EngineClient, AMemoryLimitMakesAFailureNotACrash) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "sanitizers take more memory than the limit themselves";
#endif
    EngineClient::Options options = fakeOptions();
    options.memoryLimitBytes = std::uint64_t{512} << 20;
    EngineClient client(options);
    ASSERT_TRUE(generate(client, "plain").ok());
    const auto id = client.processId();
    const auto result = generate(client, "allocate");
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code(), ErrorCode::OutOfMemory);
    EXPECT_EQ(client.processId(), id);
}

} // namespace
} // namespace gesture::inference
