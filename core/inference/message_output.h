// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/engine_protocol.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>

namespace gesture::inference {

/// Where an engine's messages go: any thread may write, one message after the other. Between
/// `begin` and `answer` a request is under way, and heartbeats may be sent.
class MessageOutput {
public:
    explicit MessageOutput(int descriptor)
        : descriptor_(descriptor) {}

    /// Blocks until all is written. False when the other side does not read any more.
    [[nodiscard]] bool write(std::span<const std::byte> message);

    void begin() { busy_ = true; }
    [[nodiscard]] bool busy() const { return busy_; }
    /// Writes the message that ends the request.
    [[nodiscard]] bool answer(std::span<const std::byte> message);

    /// Sends a heartbeat unless somebody writes just now or it would block.
    void heartbeat();

private:
    bool writeAll(std::span<const std::byte> message) const;

    const int descriptor_;
    std::mutex writing_;
    std::atomic<bool> busy_{false}; ///< Becomes false only while `writing_` is held.
};

/// Sends on what a request yields. Used by the thread that computes.
class OutputSink final : public ResultSink {
public:
    OutputSink(MessageOutput& output, std::stop_source stop)
        : output_(output)
        , stop_(std::move(stop)) {}

    void motion(const MotionChunk& chunk) override;
    void tokens(const TokenChunk& chunk) override { send(chunk); }
    void semantic(const SemanticChunk& chunk) override { send(chunk); }
    void attention(const AttentionWindow& window) override { send(window); }
    void features(const MotionFeatureRows& rows) override { send(rows); }
    void note(const Note& note) override { send(note); }
    void progress(const Progress& progress) { send(progress); }

    /// Why a result could not be sent; the request was then told to stop.
    [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }
    [[nodiscard]] bool peerGone() const { return peerGone_; }

private:
    void send(const EngineMessage& message);
    void fail(Error error);

    MessageOutput& output_;
    std::stop_source stop_;
    std::optional<Error> problem_;
    bool peerGone_ = false;
};

} // namespace gesture::inference
