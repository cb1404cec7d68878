// SPDX-License-Identifier: Apache-2.0
#include "tests/app/studio/plausible_content.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>

namespace gesture::test {

using namespace app;

namespace {

constexpr std::int64_t kWindow = 60;

std::shared_ptr<const audio::Transcript> wordsOf(double seconds) {
    constexpr std::array kWords{"how",  "wide", "the",  "whole", "valley", "opens", "up",
                                "and",  "you",  "can",  "see",   "river",  "below", "we",
                                "came", "over", "hill", "just",  "noticed"};
    std::mt19937 random(11);
    audio::Transcript transcript;
    transcript.duration = {seconds};
    double at = 0.3;
    for (std::size_t i = 0; at < seconds - 0.6; ++i) {
        const std::string text = kWords[i % kWords.size()];
        const double length = 0.12 + 0.05 * static_cast<double>(text.size());
        transcript.words.push_back({text, {at}, {at + length}, std::nullopt});
        at += length;
        if (random() % 5 == 0) at += 0.35;
    }
    return std::make_shared<const audio::Transcript>(std::move(transcript));
}

std::shared_ptr<const inference::SemanticTrack> scoreOf(std::int64_t frames) {
    inference::SemanticTrack track;
    for (std::int64_t token = 0; token * 4 < frames; ++token) {
        const double slow = 0.42 + 0.4 * std::sin(static_cast<double>(token) * 0.21);
        const double fast = 0.14 * std::sin(static_cast<double>(token) * 1.7);
        track.score.push_back(static_cast<float>(std::clamp(slow + fast, 0.02, 0.96)));
        track.chosen.push_back(track.score.back() > 0.5F ? 1 : 0);
    }
    return std::make_shared<const inference::SemanticTrack>(std::move(track));
}

std::vector<float> bumps(std::int64_t frames, double phase) {
    std::vector<float> curve(static_cast<std::size_t>(frames));
    for (std::int64_t i = 0; i < frames; ++i) {
        const double at = static_cast<double>(i);
        const double wave = std::sin(at * 0.071 + phase) * std::sin(at * 0.023 + 2 * phase);
        curve[static_cast<std::size_t>(i)] = static_cast<float>(0.5 + 3.0 * std::pow(wave, 4));
    }
    return curve;
}

std::shared_ptr<const ImportanceCurves> importanceOf(std::int64_t frames) {
    ImportanceCurves curves;
    curves.upper = bumps(frames, 0.4);
    curves.hands = bumps(frames, 1.1);
    curves.lower = bumps(frames, 2.0);
    curves.fused.resize(curves.upper.size());
    for (std::size_t i = 0; i < curves.fused.size(); ++i) {
        curves.fused[i] = (curves.upper[i] + curves.hands[i] + curves.lower[i]) / 3;
    }
    for (std::int64_t at = kWindow; at < frames; at += kWindow) {
        curves.borders.push_back({at});
    }
    const std::int64_t unknown = std::min<std::int64_t>(frames, 20);
    for (std::vector<float>* curve : {&curves.upper, &curves.hands, &curves.lower, &curves.fused}) {
        std::fill(curve->end() - unknown, curve->end(), std::numeric_limits<float>::quiet_NaN());
    }
    curves.editWindows = {{{frames / 2 - 10}, {frames / 2 + 54}}};
    return std::make_shared<const ImportanceCurves>(std::move(curves));
}

inference::EditMask maskOf(std::int64_t frames) {
    inference::EditMask mask(frames);
    const std::int64_t middle = frames / 2;
    mask.paint({{middle + 8}, {middle + 44}}, partsOf({LaneId::Upper}));
    mask.paint({{middle}, {middle + 44}}, partsOf({LaneId::Hands}));
    mask.paint({{middle - 86}, {middle - 61}}, partsOf({LaneId::Hands}));
    return mask;
}

} // namespace

std::shared_ptr<const AudioTrack> plausibleSound(double seconds) {
    constexpr int kRate = 16000;
    audio::WaveformBuilder builder(kRate);
    std::mt19937 random(5);
    std::uniform_real_distribution<float> noise(-1, 1);
    std::vector<float> piece(kRate / 10);
    const auto pieces = static_cast<std::int64_t>(seconds * 10);
    for (std::int64_t i = 0; i < pieces; ++i) {
        const float loud = i % 17 > 13 ? 0.01F : 0.1F + 0.4F * std::abs(noise(random));
        for (std::size_t sample = 0; sample < piece.size(); ++sample) {
            const double syllable = std::sin(3.14159 * static_cast<double>(sample) / 1600);
            piece[sample] = loud * static_cast<float>(syllable) * noise(random);
        }
        builder.push(piece);
    }
    AudioTrack track;
    track.path = "keynote.wav";
    track.info.sampleRate = kRate;
    track.info.channels = 1;
    track.info.sampleCount = pieces * static_cast<std::int64_t>(piece.size());
    track.waveform = builder.finish();
    return std::make_shared<const AudioTrack>(std::move(track));
}

TimelineContent plausibleContent(std::int64_t frames) {
    TimelineContent content;
    content.transcript = wordsOf(static_cast<double>(frames) / 30);
    content.semantic = scoreOf(frames);
    content.importance = importanceOf(frames);
    content.mask = maskOf(frames);
    content.locked = {LaneId::Face};
    const std::int64_t middle = frames / 2;
    TakeRow first{3,
                  TakeBadge::A,
                  QStringLiteral("Take 3"),
                  QStringLiteral("EchoMask · seed 7 · variation 0.60"),
                  frames,
                  {},
                  {},
                  {},
                  true};
    first.progress =
        TakeProgress{{{middle}, {middle + 44}}, 0.67, QStringLiteral("Regenerating 67 %")};
    TakeRow second{1,
                   TakeBadge::B,
                   QStringLiteral("Take 1"),
                   QStringLiteral("EchoMask · seed 1 · variation 0"),
                   frames,
                   {},
                   {},
                   QStringLiteral("the words changed"),
                   false};
    second.edits = {{{{middle}, {middle + 44}}, QStringLiteral("Regenerated 14:06")}};
    content.takes = {first, second};
    content.markers = {{{middle - 110}, QStringLiteral("Ridge")},
                       {{middle + 90}, QStringLiteral("River")}};
    content.segments = {{{{middle - 60}, {middle + 60}}, QStringLiteral("Valley")}};
    return content;
}

} // namespace gesture::test
