// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/prominence.h"

#include "core/gestures/bell_filter.h"
#include "core/gestures/lexicon.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace gesture::gestures {

namespace {

constexpr double kDurationWeight = 0.8; ///< Of length against loudness.
constexpr double kShortestVowel = 0.03; ///< Seconds that count at least.
constexpr double kEnvelopeRate = 100.0; ///< Values a second of loudness.

constexpr std::array<std::string_view, 72> kFunctionWords = {
    "a",      "after", "am",   "an",      "and",  "are",     "as",      "at",    "be",
    "been",   "being", "but",  "by",      "can",  "could",   "did",     "do",    "does",
    "during", "for",   "from", "had",     "has",  "have",    "having",  "he",    "her",
    "him",    "his",   "i",    "if",      "in",   "into",    "is",      "it",    "its",
    "may",    "might", "my",   "near",    "not",  "of",      "on",      "or",    "our",
    "over",   "shall", "she",  "should",  "so",   "some",    "such",    "tell",  "than",
    "the",    "their", "them", "there's", "they", "through", "to",      "too",   "us",
    "very",   "was",   "we",   "were",    "will", "with",    "without", "would", "yet"};

/// log of the RMS of the samples in a span; at least 10 ms are taken.
double loudness(const audio::Sound& sound, const TimeSpan& span) {
    const auto count = static_cast<std::ptrdiff_t>(sound.samples.size());
    const double rate = sound.sampleRate;
    const auto begin =
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(span.begin.value * rate), 0, count);
    const auto least = begin + static_cast<std::ptrdiff_t>(0.01 * rate);
    const auto end = std::clamp<std::ptrdiff_t>(
        std::max(static_cast<std::ptrdiff_t>(span.end.value * rate), least), 0, count);
    double sum = 0.0;
    for (std::ptrdiff_t i = begin; i < end; ++i) {
        const double sample = sound.samples[static_cast<std::size_t>(i)];
        sum += sample * sample;
    }
    return std::log(std::sqrt(sum / static_cast<double>(std::max<std::ptrdiff_t>(1, end - begin))) +
                    1e-4);
}

/// Values less their mean, in standard deviations.
std::vector<double> standardised(std::vector<double> values) {
    const auto count = static_cast<double>(values.size());
    double mean = 0.0;
    for (const double value : values)
        mean += value / count;
    double variance = 0.0;
    for (const double value : values)
        variance += (value - mean) * (value - mean) / count;
    for (double& value : values)
        value = (value - mean) / (std::sqrt(variance) + 1e-6);
    return values;
}

void rate(std::vector<Accent>& accents, const audio::Sound& sound) {
    std::vector<double> loud;
    std::vector<double> lengths;
    for (const Accent& accent : accents) {
        loud.push_back(loudness(sound, accent.span));
        lengths.push_back(std::log(std::max(accent.span.length(), kShortestVowel)));
    }
    loud = standardised(std::move(loud));
    lengths = standardised(std::move(lengths));
    for (std::size_t i = 0; i < accents.size(); ++i)
        accents[i].prominence = loud[i] + kDurationWeight * lengths[i];
}

/// Loudness a hundredth of a second, smoothed so that a syllable is one hill.
std::vector<double> envelopeOf(const audio::Sound& sound, std::size_t values) {
    std::vector<double> envelope(values);
    for (std::size_t i = 0; i < values; ++i) {
        const double begin = static_cast<double>(i) / kEnvelopeRate;
        envelope[i] = std::exp(loudness(sound, {{begin}, {begin + 1.0 / kEnvelopeRate}}));
    }
    constexpr double kSyllable = 3.0; // hundredths
    return bellFiltered(envelope, kSyllable);
}

/// The stretch around a peak in which it is at least half as loud and the voice sounds.
TimeSpan hillAround(std::size_t peak, const std::vector<double>& envelope,
                    std::span<const std::uint8_t> voiced) {
    const auto belongs = [&](std::size_t i) {
        return envelope[i] > 0.5 * envelope[peak] && voiced[i] != 0;
    };
    std::size_t begin = peak;
    while (begin > 0 && belongs(begin - 1) && envelope[begin - 1] <= 1.05 * envelope[begin])
        --begin;
    std::size_t end = peak + 1;
    while (end < envelope.size() && belongs(end) && envelope[end] <= 1.05 * envelope[end - 1])
        ++end;
    return {{static_cast<double>(begin) / kEnvelopeRate},
            {static_cast<double>(end) / kEnvelopeRate}};
}

} // namespace

bool isFunctionWord(std::string_view word) {
    return word.size() <= 2 ||
           std::find(kFunctionWords.begin(), kFunctionWords.end(), word) != kFunctionWords.end();
}

std::vector<Accent> accentsOfWords(const SpokenText& text, const audio::Sound& sound) {
    std::vector<Accent> accents;
    for (std::size_t i = 0; i < text.words.size(); ++i) {
        const SpokenWord& word = text.words[i];
        const std::string plain = plainWord(word.text);
        const bool gestures = word.sense == WordSense::Plain && gestureOfWord(plain);
        if (!word.vowel || gestures || isFunctionWord(plain)) continue;
        accents.push_back({*word.vowel, 0.0, i});
    }
    rate(accents, sound);
    return accents;
}

std::vector<Accent> accentsOfSound(const audio::Sound& sound,
                                   std::span<const std::uint8_t> voiced) {
    const std::vector<double> envelope = envelopeOf(sound, voiced.size());
    std::vector<Accent> accents;
    for (std::size_t i = 1; i + 1 < envelope.size(); ++i) {
        const bool peak = envelope[i] > envelope[i - 1] && envelope[i] >= envelope[i + 1];
        if (!peak || voiced[i] == 0) continue;
        const TimeSpan hill = hillAround(i, envelope, voiced);
        if (hill.length() >= kShortestVowel) accents.push_back({hill, 0.0, 0});
    }
    rate(accents, sound);
    return accents;
}

} // namespace gesture::gestures
