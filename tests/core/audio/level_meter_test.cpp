// SPDX-License-Identifier: Apache-2.0
#include "core/audio/level_meter.h"

#include "tests/core/audio/sound_files.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <limits>

namespace gesture::audio {
namespace {

using test::sine;
using test::writeSound;

TEST(LevelMeter, MeasuresPeakAndRmsOfAllChannels) {
    LevelMeter meter(2, 16);
    meter.push(std::vector<float>{0.5F, -0.25F, 0.5F, 0.25F});
    const SoundLevels levels = meter.levels();
    EXPECT_EQ(levels.sampleCount, 2);
    EXPECT_EQ(levels.peak, 0.5F);
    EXPECT_NEAR(levels.rms, std::sqrt((0.25 + 0.0625) / 2), 1e-9);
    EXPECT_NEAR(decibels(levels.peak), -6.0206, 1e-4);
    EXPECT_TRUE(levels.remarks().empty());
}

TEST(LevelMeter, ClippingIsThreeSamplesOfOneChannelAtFullScale) {
    LevelMeter meter(2, 16);
    const float top = 32767.0F / 32768.0F;
    meter.push(std::vector<float>{top, 0, top, 0, 0, 0, top, 0, top, 0}); // two and two: peaks
    EXPECT_EQ(meter.levels().clippedRuns, 0);
    meter.push(std::vector<float>{top, 0, top, 0});
    meter.push(std::vector<float>{0, -1, 0, -1, 0, -1});
    EXPECT_EQ(meter.levels().clippedRuns, 2);
    EXPECT_EQ(meter.levels().remarks().size(), 1U);
}

TEST(LevelMeter, EightBitsClipAtTheirOwnFullScale) {
    const float top = 127.0F / 128.0F;
    LevelMeter coarse(1, 8);
    LevelMeter fine(1, 24);
    for (LevelMeter* meter : {&coarse, &fine})
        meter->push(std::vector<float>{top, top, top});
    EXPECT_EQ(coarse.levels().clippedRuns, 1);
    EXPECT_EQ(fine.levels().clippedRuns, 0);
}

TEST(LevelMeter, SaysWhatIsWrongWithAFile) {
    const test::TemporaryFolder folder;
    JobControl control;
    const auto levelsOf = [&](const std::vector<float>& samples) {
        writeSound(folder / "a.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 8000, 1, samples);
        auto reader = AudioReader::open(folder / "a.wav");
        return measureLevels(*reader, control).value();
    };
    EXPECT_EQ(levelsOf({}).remarks(), std::vector<std::string>{"It holds no samples."});
    EXPECT_EQ(levelsOf({0, 0}).remarks(), std::vector<std::string>{"It is silent."});
    EXPECT_EQ(levelsOf({1e-4F}).remarks(), std::vector<std::string>{"It is nearly silent."});
    const SoundLevels damaged = levelsOf({0.5F, std::numeric_limits<float>::quiet_NaN()});
    EXPECT_EQ(damaged.damagedSamples, 1);
    EXPECT_EQ(damaged.remarks().size(), 1U);
}

} // namespace
} // namespace gesture::audio
