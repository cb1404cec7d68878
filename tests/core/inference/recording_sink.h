// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/engine_protocol.h"

#include <functional>

namespace gesture::inference {

/// Keeps what it is given.
class RecordingSink final : public ResultSink {
public:
    /// `onEvent` is called with the number of results so far.
    explicit RecordingSink(std::function<void(int)> onEvent = {})
        : onEvent_(std::move(onEvent)) {}

    void motion(const MotionChunk& chunk) override { keep(chunk); }
    void tokens(const TokenChunk& chunk) override { keep(chunk); }
    void semantic(const SemanticChunk& chunk) override { keep(chunk); }
    void attention(const AttentionWindow& window) override { keep(window); }
    void features(const MotionFeatureRows& rows) override { keep(rows); }
    void note(const Note& note) override { keep(note); }
    void restarted() override {
        ++restarts;
        events.clear();
    }

    std::vector<EngineMessage> events;
    int restarts = 0;

private:
    void keep(const EngineMessage& message) {
        events.push_back(message);
        if (onEvent_) onEvent_(static_cast<int>(events.size()));
    }

    std::function<void(int)> onEvent_;
};

} // namespace gesture::inference
