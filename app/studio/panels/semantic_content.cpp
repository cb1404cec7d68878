// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/semantic_content.h"

#include "app/studio/attention/map_readings.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace gesture::app {

namespace {

QString wordsOf(const SemanticContent& content, FrameRange frames) {
    QStringList texts;
    for (const FrameWord& word : wordsIn(content.transcript.get(), frames)) {
        const double middle = (word.begin + word.end) / 2;
        const bool inside = middle >= static_cast<double>(frames.begin.value) &&
                            middle < static_cast<double>(frames.end.value);
        if (inside) texts.append(word.text);
    }
    return texts.join(QLatin1Char(' '));
}

const char* nameOf(GateMode gate) {
    switch (gate) {
    case GateMode::Auto:
        return "auto";
    case GateMode::Base:
        return "base";
    case GateMode::Sparse:
        break;
    }
    return "sparse";
}

} // namespace

std::vector<SemanticSpan> spansAbove(const SemanticContent& content, double threshold) {
    std::vector<SemanticSpan> spans;
    if (!content.hasScore()) return spans;
    const inference::SemanticTrack& track = content.analysis->semantic();
    const std::int64_t length = track.framesPerToken;
    for (std::size_t i = 0; i < track.score.size(); ++i) {
        const float score = track.score[i];
        if (!(score > threshold)) continue;
        const auto token = static_cast<std::int64_t>(i);
        if (spans.empty() || spans.back().tokens.end != token) {
            spans.push_back({{token, token}, {}, {}, score});
        }
        SemanticSpan& span = spans.back();
        span.tokens.end = token + 1;
        span.score = std::max(span.score, score);
    }
    const std::int64_t clip = content.analysis->frames();
    for (SemanticSpan& span : spans) {
        span.frames = {{std::min(span.tokens.begin * length, clip)},
                       {std::min(span.tokens.end * length, clip)}};
        span.words = wordsOf(content, span.frames);
    }
    return spans;
}

std::string semanticTable(const SemanticContent& content) {
    std::string table = "token,first_frame,begin_seconds,end_seconds,score,gate\n";
    if (!content.hasScore()) return table;
    const inference::SemanticTrack& track = content.analysis->semantic();
    for (std::size_t i = 0; i < track.score.size(); ++i) {
        const std::int64_t frame = static_cast<std::int64_t>(i) * track.framesPerToken;
        const FrameRate rate = inference::kAnalysisRate;
        const GateMode gate = i < content.gates.size() ? content.gates[i] : GateMode::Auto;
        const std::string score =
            std::isnan(track.score[i]) ? std::string() : fmt::format("{:.6f}", track.score[i]);
        table +=
            fmt::format("{},{},{:.6f},{:.6f},{},{}\n", i, frame, rate.timeOf({frame}).value,
                        rate.timeOf({frame + track.framesPerToken}).value, score, nameOf(gate));
    }
    return table;
}

metrics::RocCurve semanticRoc(const SemanticContent& content) {
    if (!content.hasScore() || content.reference.empty()) return {};
    return metrics::rocOf(content.analysis->semanticPerFrame(), content.reference);
}

} // namespace gesture::app
