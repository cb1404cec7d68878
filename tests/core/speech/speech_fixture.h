// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/speech/speech_model.h"

#include <cmath>
#include <cstdint>
#include <gtest/gtest.h>
#include <string>

namespace gesture::test {

/// The installed model, loaded once a program; tests without it are skipped with its own words.
class SpeechTest : public ::testing::Test {
protected:
    void SetUp() override {
        if (!loaded()) GTEST_SKIP() << loaded().error().message();
    }

    static const Result<speech::SpeechModel>& loaded() {
        static const Result<speech::SpeechModel> model = speech::SpeechModel::load();
        return model;
    }
    static const speech::SpeechModel& model() { return *loaded(); }
};

/// Even noise of this loudness (0..1); the same at each call.
inline audio::Sound noise(double seconds, float loudness) {
    audio::Sound sound{16000, {}};
    std::uint32_t state = 12345;
    sound.samples.resize(static_cast<std::size_t>(seconds * 16000));
    for (float& sample : sound.samples) {
        state = state * 1664525U + 1013904223U;
        sample = loudness * (static_cast<float>(state >> 8) / 8388608.0F - 1.0F);
    }
    return sound;
}

inline void append(audio::Sound& sound, const audio::Sound& more) {
    sound.samples.insert(sound.samples.end(), more.samples.begin(), more.samples.end());
}

} // namespace gesture::test
