// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/log_mel.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace gesture::audio {

namespace {

constexpr MelOptions kSpeechBands{.fftSize = 512,
                                  .hop = SpeechLogMel::kSampleRate / SpeechLogMel::kFramesPerSecond,
                                  .bands = SpeechLogMel::kBands,
                                  .lowestHz = 20.0,
                                  .highestHz = 7600.0,
                                  .windowSize = SpeechLogMel::kSampleRate / 40,
                                  .scaling = MelScaling::UnitHeight};

void toLogarithms(std::vector<float>& values) {
    for (float& value : values)
        value = std::log(std::max(SpeechLogMel::kSmallestPower, value));
    const float lowest = *std::max_element(values.begin(), values.end()) - SpeechLogMel::kRange;
    for (float& value : values)
        value = std::max(value, lowest);
}

/// Mean 0 and variance 1 over all frames.
void normaliseBand(MelSpectrogram& mel, std::size_t band) {
    const auto bands = static_cast<std::size_t>(mel.bands);
    const std::size_t frames = mel.values.size() / bands;
    const auto count = static_cast<double>(frames);
    double sum = 0.0;
    for (std::size_t i = band; i < mel.values.size(); i += bands)
        sum += mel.values[i];
    const double mean = sum / count;
    double squares = 0.0;
    for (std::size_t i = band; i < mel.values.size(); i += bands)
        squares += (mel.values[i] - mean) * (mel.values[i] - mean);
    const double deviation = std::sqrt(squares / count) + SpeechLogMel::kSmallestDeviation;
    for (std::size_t i = band; i < mel.values.size(); i += bands)
        mel.values[i] = static_cast<float>((mel.values[i] - mean) / deviation);
}

} // namespace

Result<MelSpectrogram> speechLogMel(const Sound& speech, JobControl& control) {
    if (speech.sampleRate != SpeechLogMel::kSampleRate)
        return Error(ErrorCode::InvalidInput,
                     fmt::format("The speech encoder hears speech at 16,000 Hz, not at {} Hz. "
                                 "Resample it first.",
                                 speech.sampleRate));
    if (speech.samples.empty())
        return Error(ErrorCode::InvalidInput,
                     "The sound holds no samples, so there is no speech to hear.");
    auto mel = melSpectrogram(speech, kSpeechBands, control);
    if (!mel) return mel;
    toLogarithms(mel->values);
    for (std::size_t band = 0; band < static_cast<std::size_t>(mel->bands); ++band)
        normaliseBand(*mel, band);
    return mel;
}

} // namespace gesture::audio
