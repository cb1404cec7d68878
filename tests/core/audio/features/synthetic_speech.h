// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/audio_file.h"
#include "core/audio/sound.h"
#include "tests/support/counter_random.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <numbers>
#include <span>
#include <vector>

namespace gesture::test {

/// Gliding voice in syllables, hiss between them, faint noise, two clicks, and half a second of
/// nothing at the end; tests/golden/make_feature_golden.py makes the same.
inline audio::Sound syntheticSpeech(int rate, double seconds = 3.0) {
    audio::Sound sound{rate, std::vector<float>(static_cast<std::size_t>(rate * seconds))};
    const std::size_t count = sound.samples.size();
    for (std::size_t i = 0; i < count; ++i) {
        const double t = static_cast<double>(i) / rate;
        if (t >= seconds - 0.5) break;
        const double phase = 2.0 * std::numbers::pi * (120.0 * t + 20.0 * t * t);
        const double voice = 0.3 * std::sin(phase) + 0.2 * std::sin(2.0 * phase) +
                             0.1 * std::sin(3.0 * phase) + 0.05 * std::sin(7.0 * phase);
        const double syllable = 3.0 * t - std::floor(3.0 * t);
        const double noise = counterUniform(300, i);
        double value = (syllable < 0.6 ? voice : 0.0) + 0.002 * noise;
        if (syllable >= 0.8 && syllable < 0.9) value += 0.1 * noise;
        if (i == count / 12) value += 0.9;
        if (i == count / 2) value -= 0.9;
        sound.samples[i] = static_cast<float>(value);
    }
    return sound;
}

/// A steady tone.
inline audio::Sound tone(int rate, double hertz, double seconds, double amplitude = 0.5) {
    audio::Sound sound{rate, std::vector<float>(static_cast<std::size_t>(rate * seconds))};
    for (std::size_t i = 0; i < sound.samples.size(); ++i)
        sound.samples[i] = static_cast<float>(
            amplitude * std::sin(2.0 * std::numbers::pi * hertz * static_cast<double>(i) / rate));
    return sound;
}

/// White noise of this standard deviation times the square root of three.
inline audio::Sound whiteNoise(int rate, double seconds, float amplitude) {
    audio::Sound sound{rate, std::vector<float>(static_cast<std::size_t>(rate * seconds))};
    for (std::size_t i = 0; i < sound.samples.size(); ++i)
        sound.samples[i] = amplitude * counterUniform(302, i);
    return sound;
}

/// All samples of a mono sound file.
inline audio::Sound readSound(const std::filesystem::path& path) {
    auto reader = audio::AudioReader::open(path);
    EXPECT_TRUE(reader.ok());
    audio::Sound sound{reader->info().sampleRate, {}};
    sound.samples.resize(static_cast<std::size_t>(reader->info().sampleCount));
    EXPECT_EQ(reader->read(sound.samples), reader->info().sampleCount);
    return sound;
}

/// Largest difference between a golden array and every `step`-th computed value; kept in the
/// test's report under `name`.
template <typename Computed>
double largestDifference(const char* name, const std::vector<float>& golden,
                         const Computed& computed, std::size_t step = 1) {
    EXPECT_FALSE(golden.empty()) << name;
    EXPECT_EQ(golden.size(), (computed.size() + step - 1) / step) << name;
    double largest = 0.0;
    for (std::size_t i = 0; i < golden.size() && i * step < computed.size(); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(golden[i]) -
                                             static_cast<double>(computed[i * step])));
    ::testing::Test::RecordProperty(name, fmt::format("{:.2g}", largest));
    return largest;
}

} // namespace gesture::test
