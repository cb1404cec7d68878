// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/audio/transcript.h"

#include <cmath>
#include <numbers>
#include <optional>
#include <string>
#include <vector>

namespace gesture::test {

/// A word that is said in the middle of its second; the louder, the more it stands out.
struct MadeWord {
    std::string text;
    double begin;
    double end;
    float loudness;
};

/// Hummed words: a voice of 140 Hz while a word lasts, silence between.
inline audio::Sound hummed(const std::vector<MadeWord>& words, double seconds) {
    constexpr int kRate = 16000;
    audio::Sound sound{kRate, std::vector<float>(static_cast<std::size_t>(seconds * kRate))};
    for (const MadeWord& word : words) {
        for (auto i = static_cast<std::size_t>(word.begin * kRate);
             i < static_cast<std::size_t>(word.end * kRate); ++i) {
            const double t = static_cast<double>(i) / kRate;
            const double swell =
                std::sin(std::numbers::pi * (t - word.begin) / (word.end - word.begin));
            double voice = 0.0;
            for (int harmonic = 1; harmonic <= 12; ++harmonic)
                voice += std::sin(2.0 * std::numbers::pi * 140.0 * harmonic * t) / harmonic;
            sound.samples[i] = word.loudness * static_cast<float>(swell * voice * 0.5);
        }
    }
    return sound;
}

inline audio::Transcript transcriptOf(const std::vector<MadeWord>& words, double seconds) {
    audio::Transcript transcript;
    for (const MadeWord& word : words)
        transcript.words.push_back({word.text, {word.begin}, {word.end}, std::nullopt});
    transcript.duration = {seconds};
    return transcript;
}

/// Twelve seconds with two gestures of the lexicon ("enormous", "nothing"), words for beats, words
/// of no weight, and pauses that are heard.
inline std::vector<MadeWord> someWords() {
    return {
        {"the", 0.5, 0.6, 0.1F},       {"garden", 0.7, 1.2, 0.3F}, {"was", 1.25, 1.4, 0.1F},
        {"enormous", 1.8, 2.5, 0.3F},  {"and", 2.9, 3.0, 0.1F},    {"everybody", 3.3, 3.9, 0.4F},
        {"listened", 4.2, 4.8, 0.3F},  {"to", 4.9, 5.0, 0.1F},     {"nothing", 6.0, 6.6, 0.3F},
        {"yesterday", 7.9, 8.6, 0.4F}, {"evening", 9.0, 9.5, 0.2F}};
}
inline constexpr double kSomeSeconds = 12.0;

} // namespace gesture::test
