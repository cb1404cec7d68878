// SPDX-License-Identifier: Apache-2.0
#include "core/audio/frame_loudness.h"

#include "tests/core/audio/sound_files.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

namespace gesture::audio {
namespace {

using test::sine;
using test::writeSound;

TEST(FrameLoudness, IsTheRmsOfEachFrame) {
    const test::TemporaryFolder folder;
    const auto path = folder / "a.wav";
    std::vector<float> samples = sine(24000, 1.0, 0.8);
    std::fill(samples.begin() + 12000, samples.end(), 0.0F);
    writeSound(path, SF_FORMAT_WAV | SF_FORMAT_FLOAT, 24000, 1, samples);
    JobControl control;
    const auto loudness = frameLoudness(path, {30, 1}, control);
    ASSERT_TRUE(loudness.ok());
    ASSERT_EQ(loudness->size(), 30U);
    // 800 samples hold 6⅔ periods, so the RMS of one frame is near, not at, 0.8/√2.
    EXPECT_NEAR((*loudness)[5], 0.8 / std::numbers::sqrt2, 0.03);
    EXPECT_EQ((*loudness)[20], 0.0F);
}

TEST(FrameLoudness, SamplesBelongToTheFrameThatTheyLieIn) {
    // 16000 / 29.97 = 533.87 samples a frame; each frame gets its own level.
    const FrameRate rate{30000, 1001};
    std::vector<float> samples(20000);
    const auto frameOf = [&](std::size_t i) {
        return static_cast<std::size_t>(static_cast<double>(i) / (16000 / rate.perSecond()));
    };
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = 0.01F * static_cast<float>(frameOf(i));
    FrameLoudness meter(16000, rate);
    for (std::size_t at = 0; at < samples.size(); at += 999)
        ASSERT_TRUE(
            meter.push(std::span(samples).subspan(at, std::min<std::size_t>(999, 20000 - at)))
                .ok());
    const std::vector<float> loudness = meter.finish();
    ASSERT_EQ(loudness.size(), frameOf(19999) + 1);
    for (std::size_t f = 0; f < loudness.size(); ++f)
        EXPECT_NEAR(loudness[f], 0.01F * static_cast<float>(f), 1e-6F) << f;
}

TEST(FrameLoudness, SlowSoundsLeaveFramesSilentAndEndlessOnesAreRefused) {
    FrameLoudness slow(1, {30, 1});
    ASSERT_TRUE(slow.push(std::vector<float>{0.5F, 0.25F}).ok());
    const std::vector<float> loudness = slow.finish();
    ASSERT_EQ(loudness.size(), 31U);
    EXPECT_EQ(loudness[0], 0.5F);
    EXPECT_EQ(loudness[1], 0.0F);
    EXPECT_EQ(loudness[30], 0.25F);

    FrameLoudness endless(1, {30, 1});
    const Status pushed = endless.push(std::vector<float>(1 << 20));
    ASSERT_FALSE(pushed.ok());
    EXPECT_EQ(pushed.error().code(), ErrorCode::LimitExceeded);
}

} // namespace
} // namespace gesture::audio
