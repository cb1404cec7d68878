// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/sound_stream.h"

#include "tests/app/studio/test_sound.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

namespace gesture::app {
namespace {

constexpr int kDeviceRate = 16000;

class SoundStreamTest : public ::testing::Test {
protected:
    SoundStreamTest() { test::writeSine(folder / "sine.wav", 16000, 1.0); }

    /// Left channel.
    std::vector<float> render(const PlayOrder& order, std::size_t frames) {
        SoundStream stream(audio::AudioReader::open(folder / "sine.wav").value(), kDeviceRate);
        stream.restart(order);
        std::vector<float> stereo(frames * 2);
        stream.render(stereo);
        std::vector<float> left(frames);
        for (std::size_t i = 0; i < frames; ++i) {
            left[i] = stereo[2 * i];
        }
        return left;
    }
    static double sineAt(double seconds) {
        return 16383.0 / 32768 * std::sin(2 * std::numbers::pi * 220 * seconds);
    }

    test::TemporaryFolder folder;
};

TEST_F(SoundStreamTest, AtTheFilesRateSamplesPassUnchanged) {
    const auto left = render({{0.25}, {0}, {1}, false, 1}, 8000);
    for (std::size_t i = 0; i < left.size(); ++i) {
        ASSERT_NEAR(static_cast<double>(left[i]), sineAt(0.25 + static_cast<double>(i) / 16000),
                    1e-4)
            << i;
    }
}

TEST_F(SoundStreamTest, DoubleSpeedTakesHalfTheTime) {
    const auto left = render({{0}, {0}, {1}, false, 2}, 10000);
    for (std::size_t i = 10; i < 7990; ++i) {
        ASSERT_NEAR(static_cast<double>(left[i]), sineAt(static_cast<double>(i) / 8000), 1e-3);
    }
    for (std::size_t i = 8000; i < left.size(); ++i) {
        ASSERT_EQ(left[i], 0.0F) << i;
    }
}

TEST_F(SoundStreamTest, LoopsAreExact) {
    const auto left = render({{0.9}, {0.5}, {1.0}, true, 1}, 16000);
    for (std::size_t i = 1600; i < 1600 + 8000 - 3; ++i) {
        ASSERT_NEAR(static_cast<double>(left[i]),
                    sineAt(0.5 + static_cast<double>(i - 1600) / 16000), 2e-3)
            << i;
    }
}

TEST_F(SoundStreamTest, IsSilentBetweenTheEndOfTheFileAndOfTheOrder) {
    const auto left = render({{0.99}, {0}, {5}, false, 1}, 1600);
    for (std::size_t i = 200; i < left.size(); ++i) {
        ASSERT_EQ(left[i], 0.0F) << i;
    }
}

} // namespace
} // namespace gesture::app
