// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/results.h"

#include <optional>
#include <string>
#include <vector>

namespace gesture::inference {

/// Codes of one body part over a whole take.
struct TokenTrack {
    int framesPerToken = 4;
    int layers = 0;
    std::vector<std::uint16_t> codes; ///< (tokens, layers)
    std::vector<float> confidence;    ///< (tokens), or empty
    std::vector<float> entropy;       ///< (tokens), or empty

    bool operator==(const TokenTrack&) const = default;
};

/// SemTalk's score over a whole take.
struct SemanticTrack {
    int framesPerToken = 4;
    std::vector<float> score;         ///< (tokens)
    std::vector<std::uint8_t> chosen; ///< (tokens)

    bool operator==(const SemanticTrack&) const = default;
};

/// What an engine made of a request, put together. Value type.
struct Take {
    MotionFrames motion;
    std::int64_t finalFrames = 0; ///< Frames that will not change any more.
    PerPart<TokenTrack> tokens;
    std::optional<SemanticTrack> semantic;
    std::vector<std::string> notes;
};

/// Puts the pieces of a request together as they come. One thread.
class TakeCollector : public ResultSink {
public:
    /// `take` begins as what is there already: the motion that is edited, or nothing.
    explicit TakeCollector(Take take = {})
        : initial_(take)
        , take_(std::move(take)) {}

    void motion(const MotionChunk& chunk) override;
    void tokens(const TokenChunk& chunk) override;
    void semantic(const SemanticChunk& chunk) override;
    void attention(const AttentionWindow&) override {}
    void note(const Note& note) override { take_.notes.push_back(note.text); }
    void restarted() override { take_ = initial_; }

    [[nodiscard]] const Take& take() const { return take_; }
    [[nodiscard]] Take& take() { return take_; }

private:
    Take initial_;
    Take take_;
};

} // namespace gesture::inference
