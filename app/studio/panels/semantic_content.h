// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/attention_content.h"
#include "core/metrics/curve_statistics.h"

#include <memory>
#include <vector>

namespace gesture::app {

/// What decides for a token whether the base or the semantic (sparse) motion is taken.
enum class GateMode : std::uint8_t { Auto, Base, Sparse };

/// A stretch of tokens, [begin, end).
struct TokenSpan {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    bool operator==(const TokenSpan&) const = default;
};

/// What the semantic panel shows of one take. Value type.
struct SemanticContent {
    std::shared_ptr<const inference::Analysis> analysis;
    std::shared_ptr<const audio::Transcript> transcript;
    MapState state = MapState::None;
    bool computable = true; ///< The score can be asked for.
    QString reason;
    std::optional<double> computeSeconds;
    double threshold = 0.5;
    double strength = 1.0;        ///< 0..2: how much the semantic motion is emphasised.
    std::vector<GateMode> gates;  ///< (tokens), or shorter: the rest is Auto.
    std::vector<float> reference; ///< (frames) 0..1 of an annotation; empty: none is given.
    QString referenceName;        ///< File of the annotation.

    [[nodiscard]] bool hasScore() const { return analysis && !analysis->semantic().score.empty(); }
};

/// A run of tokens above the threshold.
struct SemanticSpan {
    TokenSpan tokens;
    FrameRange frames;
    QString words;   ///< Those said there.
    float score = 0; ///< Its largest.
};

/// All runs whose scores are greater than the threshold; frames are cut to the clip.
[[nodiscard]] std::vector<SemanticSpan> spansAbove(const SemanticContent& content,
                                                   double threshold);

/// "token,first_frame,begin_seconds,end_seconds,score,gate": a row a token; points are decimal.
[[nodiscard]] std::string semanticTable(const SemanticContent& content);

/// The ROC of the score against the reference, a value a frame.
[[nodiscard]] metrics::RocCurve semanticRoc(const SemanticContent& content);

} // namespace gesture::app
