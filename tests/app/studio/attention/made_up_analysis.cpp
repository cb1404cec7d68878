// SPDX-License-Identifier: Apache-2.0
#include "tests/app/studio/attention/made_up_analysis.h"

#include "core/base/half_float.h"
#include "tests/support/counter_random.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gesture::test {

namespace {

constexpr int kFrames = 64;
constexpr std::int64_t kHop = 60;
const std::vector<motion::BodyPart> kParts{motion::BodyPart::Upper, motion::BodyPart::Hands,
                                           motion::BodyPart::Lower};

double bump(double distance, double width) { return std::exp(-distance * distance / width); }

/// Appends one map; `stream` makes it differ from others.
void appendMap(std::uint64_t stream, std::vector<std::uint16_t>& maps) {
    const double sharp = 2.0 + 10.0 * std::abs(counterUniform(stream, 1));
    const double stroke = 32 + 24 * counterUniform(stream, 2);
    const double lag = 6 * counterUniform(stream, 3);
    std::uint64_t place = 16;
    for (int speech = 0; speech < kFrames; ++speech) {
        std::vector<double> row;
        for (int motion = 0; motion < kFrames; ++motion) {
            const double noise = 0.04 * (1.0 + counterUniform(stream, place++));
            row.push_back(0.02 + noise + bump(motion - speech - lag, 2 * sharp) +
                          0.7 * bump(motion - stroke, 3 * sharp) *
                              bump(speech - stroke, 40 * sharp));
        }
        const double sum = std::accumulate(row.begin(), row.end(), 0.0);
        for (const double value : row) {
            maps.push_back(halfFromFloat(static_cast<float>(value / sum)));
        }
    }
}

/// Mean over layers, heads and speech of a part's maps.
std::vector<float> importanceOf(const inference::AttentionWindow& window, std::size_t part) {
    const auto maps = static_cast<std::size_t>(window.layers * window.heads);
    std::vector<double> sum(kFrames, 0.0);
    for (std::size_t i = 0; i < maps * kFrames * kFrames; ++i) {
        sum[i % kFrames] += floatFromHalf(window.maps[part * maps * kFrames * kFrames + i]);
    }
    const double total = std::accumulate(sum.begin(), sum.end(), 0.0);
    std::vector<float> importance;
    for (const double value : sum) {
        importance.push_back(static_cast<float>(value / total));
    }
    return importance;
}

inference::TokenChunk madeUpTokens(motion::BodyPart part, std::int64_t tokens, std::uint64_t seed) {
    inference::TokenChunk chunk;
    chunk.part = part;
    chunk.layers = 1;
    const std::uint64_t stream = 900 + seed * 8 + static_cast<std::uint64_t>(part);
    for (std::int64_t i = 0; i < tokens; ++i) {
        chunk.codes.push_back(static_cast<std::uint16_t>(i % 256));
        chunk.confidence.push_back(0.55F +
                                   0.4F * counterUniform(stream, static_cast<std::uint64_t>(i)));
        chunk.entropy.push_back(2.0F);
    }
    return chunk;
}

} // namespace

inference::AttentionWindow madeUpWindow(std::int64_t begin, const AnalysisShape& shape) {
    inference::AttentionWindow window;
    window.begin = FrameIndex{begin};
    window.frames = kFrames;
    window.parts = kParts;
    window.layers = shape.layers;
    window.heads = shape.heads;
    for (std::size_t part = 0; part < kParts.size(); ++part) {
        for (int map = 0; map < shape.layers * shape.heads; ++map) {
            const auto stream =
                (static_cast<std::uint64_t>(begin) * 64 + static_cast<std::uint64_t>(map)) * 4 +
                part + shape.seed * 7919;
            appendMap(stream, window.maps);
        }
    }
    window.fused.assign(kFrames, 0.0F);
    for (std::size_t part = 0; part < kParts.size(); ++part) {
        const auto importance = importanceOf(window, part);
        for (std::size_t i = 0; i < importance.size(); ++i) {
            window.importance.push_back(importance[i]);
            window.fused[i] += kMadeUpWeights[part] * importance[i] / 3.0F;
        }
    }
    return window;
}

std::shared_ptr<const inference::Analysis> madeUpAnalysis(const AnalysisShape& shape) {
    auto analysis = std::make_shared<inference::Analysis>(shape.keep);
    const std::int64_t frames = shape.windows * kHop + (kFrames - kHop);
    for (int i = 0; i < shape.windows; ++i) {
        (void)analysis->add(madeUpWindow(i * kHop, shape)).ok();
    }
    inference::SemanticChunk semantic;
    for (std::int64_t token = 0; token < frames / 4; ++token) {
        const double wave = 0.5 + 0.45 * std::sin(static_cast<double>(token) * 0.31) *
                                      std::cos(static_cast<double>(token) * 0.047);
        semantic.score.push_back(static_cast<float>(wave));
        semantic.chosen.push_back(wave > 0.5 ? 1 : 0);
    }
    (void)analysis->add(semantic).ok();
    for (const motion::BodyPart part : kParts) {
        (void)analysis->add(madeUpTokens(part, frames / 4, shape.seed)).ok();
    }
    analysis->setFrames(frames);
    return analysis;
}

std::shared_ptr<const audio::Transcript> madeUpTranscript(double seconds) {
    constexpr const char* kWords[] = {"how",  "wide", "the", "whole", "valley",
                                      "from", "here", "to",  "there", "opens"};
    auto transcript = std::make_shared<audio::Transcript>();
    double time = 0.1;
    for (std::size_t i = 0; time + 0.36 < seconds; ++i) {
        const double length = 0.2 + 0.16 * static_cast<double>(i % 3);
        transcript->words.push_back({kWords[i % std::size(kWords)], {time}, {time + length}, {}});
        time += length + (i % 5 == 4 ? 0.3 : 0.02);
    }
    transcript->duration = {seconds};
    return transcript;
}

} // namespace gesture::test
