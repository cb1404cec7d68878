// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/analysis.h"
#include "core/inference/results.h"

#include <utility>

namespace gesture::inference {

/// What an engine made of a request, put together. Value type.
struct Take {
    MotionFrames motion;
    std::int64_t finalFrames = 0; ///< Frames that will not change any more.
    Analysis analysis;            ///< Tokens, score and remarks; no maps.
};

/// Puts the pieces of a request together as they come. One thread.
class TakeCollector : public ResultSink {
public:
    /// `take` begins as what is there already: the motion that is edited, or nothing.
    explicit TakeCollector(Take take = {})
        : initial_(take)
        , take_(std::move(take)) {}

    void motion(const MotionChunk& chunk) override;
    void tokens(const TokenChunk& chunk) override { check(take_.analysis.add(chunk)); }
    void semantic(const SemanticChunk& chunk) override { check(take_.analysis.add(chunk)); }
    void attention(const AttentionWindow&) override {}
    void note(const Note& note) override { take_.analysis.add(note); }
    void restarted() override { take_ = initial_; }

    [[nodiscard]] const Take& take() const { return take_; }
    [[nodiscard]] Take& take() { return take_; }
    /// The first chunk that did not fit to the others.
    [[nodiscard]] const Status& status() const { return status_; }

private:
    void check(Status added) {
        if (status_.ok()) status_ = std::move(added);
    }

    Take initial_;
    Take take_;
    Status status_ = Status::success();
};

} // namespace gesture::inference
