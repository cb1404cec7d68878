// SPDX-License-Identifier: Apache-2.0
#include "tests/core/analysis/made_analysis.h"

#include "core/base/half_float.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <sstream>

namespace gesture::test {

namespace {

constexpr int kFrames = 300;
constexpr int kTokens = 75;

double shareOf(std::mt19937& random) { return static_cast<double>(random()) / 4294967296.0; }

} // namespace

inference::AttentionWindow madeWindow(std::int64_t begin, int frames, std::uint32_t seed) {
    std::mt19937 random(seed + static_cast<std::uint32_t>(begin) * 7919U);
    inference::AttentionWindow window;
    window.begin = FrameIndex{begin};
    window.frames = frames;
    window.parts = {motion::BodyPart::Upper, motion::BodyPart::Hands, motion::BodyPart::Lower};
    window.layers = 2;
    window.heads = 2;
    const auto size = static_cast<std::size_t>(frames);
    for (std::size_t row = 0; row < 12 * size; ++row) {
        const double speech = static_cast<double>(row % size);
        std::vector<double> weights(size);
        double sum = 0.0;
        for (std::size_t i = 0; i < size; ++i) {
            const double distance = (static_cast<double>(i) - speech) / 8.0;
            weights[i] = std::exp(-distance * distance) * (0.5 + shareOf(random)) + 0.01;
            sum += weights[i];
        }
        for (const double weight : weights)
            window.maps.push_back(halfFromFloat(static_cast<float>(weight / sum)));
    }
    window.fused.assign(size, 0.0F);
    for (std::size_t part = 0; part < 3; ++part) {
        std::vector<double> values(size);
        double sum = 0.0;
        for (double& value : values)
            sum += value = 0.1 + shareOf(random);
        for (std::size_t i = 0; i < size; ++i) {
            window.importance.push_back(static_cast<float>(values[i] / sum));
            window.fused[i] += static_cast<float>(values[i] / sum * 0.25); // adds up to 0.75
        }
    }
    return window;
}

inference::Analysis madeAnalysis(inference::AttentionKeep keep, std::uint32_t seed) {
    inference::Analysis analysis(std::move(keep));
    analysis.setFrames(kFrames);
    for (int begin = 0; begin < kFrames; begin += 30)
        (void)analysis.add(madeWindow(begin, 64, seed));
    std::mt19937 random(seed);
    inference::SemanticChunk semantic;
    for (int i = 0; i < kTokens; ++i) {
        semantic.score.push_back(static_cast<float>(0.5 + 0.45 * std::sin(i * 0.4)));
        semantic.chosen.push_back(semantic.score.back() >= 0.5F ? 1 : 0);
    }
    (void)analysis.add(semantic);
    inference::TokenChunk tokens;
    for (int i = 0; i < kTokens; ++i) {
        for (int layer = 0; layer < tokens.layers; ++layer)
            tokens.codes.push_back(static_cast<std::uint16_t>(random() % 256));
        tokens.confidence.push_back(static_cast<float>(shareOf(random)));
        tokens.entropy.push_back(static_cast<float>(8.0 * shareOf(random)));
    }
    (void)analysis.add(tokens);
    return analysis;
}

analysis::ClipFacts madeFacts() {
    analysis::ClipFacts facts;
    facts.clip = "voice & <noise>.flac";
    std::istringstream text("well hello and welcome I am so glad that you could come to this "
                            "extraordinary little demonstration today because we have some really "
                            "big things (caf\xC3\xA9) to show you right here");
    double time = 0.25;
    for (std::string word; text >> word;) {
        const double end = time + 0.1 + 0.04 * static_cast<double>(word.size());
        facts.transcript.words.push_back({word, {time}, {end}, {}});
        time = end + (word.size() > 7 ? 0.25 : 0.0);
    }
    audio::WaveformBuilder builder(16000);
    std::vector<float> samples(160000);
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = static_cast<float>(0.5 * std::sin(static_cast<double>(i) * 0.05) *
                                        std::sin(static_cast<double>(i) * 0.0005));
    builder.push(samples);
    facts.waveform = builder.finish();
    facts.provenance = {"Gesture Studio 0.1.0",
                        "echomask-beat2",
                        "3f9a0c1d2e4b5a6978aa",
                        "b1946ac92492d2347c6235b4d2611184",
                        42U,
                        "unmasked pass"};
    return facts;
}

} // namespace gesture::test
