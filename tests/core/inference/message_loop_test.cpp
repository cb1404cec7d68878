// SPDX-License-Identifier: Apache-2.0
#include "core/inference/message_loop.h"
#include "core/inference/message_stream.h"
#include "tests/core/inference/fake_service.h"
#include "tests/core/inference/message_examples.h"
#include "tests/core/inference/recording_sink.h"

#include <array>
#include <gtest/gtest.h>
#include <thread>
#include <unistd.h>

namespace gesture::inference {
namespace {

/// The program's end of a conversation with `serve`, which runs on a thread of its own.
class Peer {
public:
    Peer() {
        if (::pipe(requests_.data()) != 0 || ::pipe(answers_.data()) != 0) std::abort();
        engine_ = std::thread([this] {
            FakeService service;
            outcome_ = serve(service, requests_[0], answers_[1],
                             {"engine 1", std::chrono::milliseconds(20)});
            ::close(answers_[1]);
        });
    }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;
    ~Peer() {
        closeRequests();
        closeAnswers();
        if (engine_.joinable()) engine_.join();
        ::close(requests_[0]);
    }

    void send(const ClientMessage& message) { sendBytes(*encode(message)); }
    void sendBytes(std::span<const std::byte> bytes) {
        ASSERT_EQ(::write(requests_[1], bytes.data(), bytes.size()),
                  static_cast<ssize_t>(bytes.size()));
    }
    /// Nothing at the end of the stream.
    std::optional<EngineMessage> receive() {
        while (true) {
            const auto next = stream_.next();
            if (*next) return *decodeEngineMessage(**next);
            std::array<std::byte, 4096> block{};
            const ssize_t count = ::read(answers_[0], block.data(), block.size());
            if (count <= 0) return std::nullopt;
            stream_.append(std::span(block).first(static_cast<std::size_t>(count)));
        }
    }
    /// The next message of a kind; others are passed over.
    template <typename T>
    std::optional<T> receiveA() {
        while (auto message = receive())
            if (const auto* typed = std::get_if<T>(&*message)) return *typed;
        return std::nullopt;
    }
    void greet() {
        send(Hello{});
        ASSERT_TRUE(receiveA<Hello>());
    }
    void closeRequests() { closeOnce(requests_[1]); }
    void closeAnswers() { closeOnce(answers_[0]); }
    Status outcome() {
        engine_.join();
        return *outcome_;
    }

private:
    static void closeOnce(int& descriptor) {
        if (descriptor >= 0) ::close(std::exchange(descriptor, -1));
    }

    std::array<int, 2> requests_{};
    std::array<int, 2> answers_{};
    std::thread engine_;
    std::optional<Status> outcome_;
    MessageStream stream_;
};

GenerateRequest behaving(const std::string& behaviour) {
    GenerateRequest request = exampleGenerate();
    request.bundle = "/fake/" + behaviour;
    return request;
}

TEST(MessageLoop, AnswersHelloAndQuits) {
    Peer peer;
    peer.send(Hello{});
    const auto hello = peer.receiveA<Hello>();
    ASSERT_TRUE(hello);
    EXPECT_EQ(hello->protocol, kProtocolVersion);
    EXPECT_EQ(hello->program, "engine 1");
    peer.send(Quit{});
    EXPECT_TRUE(peer.outcome().ok());
}

TEST(MessageLoop, EndsWhenTheProgramIsGone) {
    Peer peer;
    peer.greet();
    peer.closeRequests();
    EXPECT_TRUE(peer.outcome().ok());
}

TEST(MessageLoop, EndsWhenTheProgramGoesWhileARequestRuns) {
    Peer peer;
    peer.greet();
    peer.send(behaving("patient"));
    ASSERT_TRUE(peer.receiveA<Progress>());
    peer.closeRequests();
    EXPECT_TRUE(peer.outcome().ok());
}

TEST(MessageLoop, EndsWhenNobodyTakesTheResults) {
    Peer peer;
    peer.greet();
    peer.send(behaving("flood"));
    ASSERT_TRUE(peer.receiveA<MotionChunk>());
    peer.closeAnswers();
    EXPECT_TRUE(peer.outcome().ok());
}

TEST(MessageLoop, HeartbeatsComeWhileARequestRunsAndCancelEndsIt) {
    Peer peer;
    peer.greet();
    peer.send(behaving("patient"));
    for (int beat = 0; beat < 3; ++beat)
        ASSERT_TRUE(peer.receiveA<Heartbeat>());
    peer.send(Cancel{});
    const auto failure = peer.receiveA<Failure>();
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->code, ErrorCode::Cancelled);
    // The engine goes on, and a cancel that comes too late does not stop the next request.
    peer.send(Cancel{});
    peer.send(behaving("plain"));
    EXPECT_TRUE(peer.receiveA<RequestSummary>());
}

TEST(MessageLoop, WritesWhatTheServiceYieldsInOrder) {
    Peer peer;
    peer.greet();
    peer.send(behaving("plain"));
    RecordingSink direct;
    JobControl control;
    FakeService service;
    ASSERT_TRUE(service.generate(behaving("plain"), direct, control).ok());

    std::vector<EngineMessage> events;
    while (auto message = peer.receive()) {
        if (std::holds_alternative<RequestSummary>(*message)) break;
        if (!std::holds_alternative<Progress>(*message) &&
            !std::holds_alternative<Heartbeat>(*message))
            events.push_back(*message);
    }
    EXPECT_TRUE(events == direct.events);
}

TEST(MessageLoop, RefusesToTalkWithoutHello) {
    Peer peer;
    peer.send(AskStatistics{});
    const Status outcome = peer.outcome();
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().message(), "The first message is no hello.");
}

TEST(MessageLoop, SaysItsOwnVersionToAProgramOfAnother) {
    Peer peer;
    peer.send(Hello{kProtocolVersion + 7, "other"});
    EXPECT_TRUE(peer.receiveA<Hello>());
    const Status outcome = peer.outcome();
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code(), ErrorCode::Unavailable);
}

TEST(MessageLoop, ASecondRequestBreaksTheProtocol) {
    Peer peer;
    peer.greet();
    peer.send(behaving("patient"));
    peer.send(behaving("plain"));
    EXPECT_FALSE(peer.outcome().ok());
}

TEST(MessageLoop, BytesThatAreNoMessageEndIt) {
    Peer peer;
    peer.greet();
    peer.sendBytes(std::as_bytes(std::span("\x03\x00\x00\x00xyz", 7)));
    EXPECT_FALSE(peer.outcome().ok());
}

TEST(MessageLoop, ARequestWithoutItsMotionIsRefused) {
    Peer peer;
    peer.greet();
    peer.send(MotionPart{{0}, exampleMotion(10)});
    peer.send(AnalyseMessage{exampleAnalyse(0), 11});
    EXPECT_FALSE(peer.outcome().ok());
}

TEST(MessageLoop, CancelForgetsUploadedParts) {
    Peer peer;
    peer.greet();
    peer.send(MotionPart{{0}, exampleMotion(10)});
    peer.send(Cancel{});
    peer.send(MotionPart{{0}, exampleMotion(5)});
    peer.send(AnalyseMessage{exampleAnalyse(0), 5});
    const auto summary = peer.receiveA<RequestSummary>();
    ASSERT_TRUE(summary);
    EXPECT_EQ(summary->frames, 5);
}

} // namespace
} // namespace gesture::inference
